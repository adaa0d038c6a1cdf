"""Blocks that lead parents on: to somebody near them, to a public service."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, MultipleChoiceBlock, StructBlock, TextBlock

from pages.directory import KINDS

from . import previews
from .sentences import SentenceBlock


class FilterBlock(CharBlock):
    """Words that the directory looks for: the same in every language."""

    def get_translatable_segments(self, value):
        return []


class NearYouBlock(StructBlock):
    """Whom to look for nearby; it carries its filters into the directory."""

    text = TextBlock(
        rows=3,
        label=_("Whom to look for, and why"),
        help_text=_("One or two short sentences."),
    )
    kinds = MultipleChoiceBlock(
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        search_index=False,
        label=_("What kind of place or person"),
        help_text=_("None ticked: everybody in the directory."),
    )
    speciality = FilterBlock(
        max_length=60,
        required=False,
        label=_("Speciality"),
        help_text=_("As parents would type it: sage-femme, pédiatre, lactation."),
    )

    class Meta:
        icon = "site"
        label = _("Find someone near you")
        template = "blocks/near_you.html"
        preview_value = {
            "text": "Une sage-femme ou la PMI peut venir vous voir à la maison.",
            "kinds": ["pmi"],
            "speciality": "",
        }
        description = _("Who can help nearby. Parents read it after “When to ask for help”.")


def public_service_choices():
    from pages.models.public_service import services_to_choose

    return [(service.slug, service.label) for service in services_to_choose()]


class PublicServiceChoiceBlock(ChoiceBlock):
    """One of the site's public services, kept by its slug."""

    def __init__(self, **kwargs):
        super().__init__(choices=public_service_choices, search_index=False, **kwargs)

    def normalize_choice(self, value):
        # As stored: Wagtail's would ask the database at each reading.
        return value


class PublicServiceBlock(StructBlock):
    """The right public service for what the text is about."""

    service = PublicServiceChoiceBlock(
        label=_("Public service"),
        help_text=_("One is missing? Ask a coordinator to add it to the list."),
    )
    text = SentenceBlock(
        max_length=250,
        label=_("What one does there"),
        help_text=_("One sentence: why should a parent go there?"),
    )

    class Meta:
        icon = "link-external"
        label = _("Public service")
        label_format = "{text}"
        template = "blocks/public_service.html"
        preview_value = {
            "service": "",
            "text": "Voyez quelles crèches ont une place près de chez vous.",
        }
        description = _("Leads to the public service that does it: benefits, childcare, care.")

    def get_preview_value(self):
        value = super().get_preview_value()
        value["service"] = previews.Service()
        return value
