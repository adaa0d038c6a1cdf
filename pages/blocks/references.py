"""Blocks that choose something kept elsewhere: pictures, films, help numbers."""

import copy

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.blocks import BooleanBlock, MultipleChoiceBlock
from wagtail.images.blocks import ImageBlock, ImageBlockAdapter, ImageChooserBlock
from wagtailmedia.blocks import AbstractMediaChooserBlock

from pages.preloading import preloaded

from .sentences import SentenceBlock


class PreloadedChooser:
    """A chooser block whose objects may have been loaded for the whole page.

    A StreamField asks for each kind of block apart; a topic asks once.
    """

    def bulk_to_python(self, values):
        objects = preloaded(self.model_class)
        if objects is None or any(value and value not in objects for value in values):
            return super().bulk_to_python(values)
        # A copy each: the alternative text is set on the picture in its place.
        return [copy.copy(objects[value]) if value else None for value in values]


class IllustrationChooserBlock(PreloadedChooser, ImageChooserBlock):
    pass


class PlacedIllustrationBlock(ImageBlock):
    """A picture in its place, with the alternative text that belongs there.

    A draft may lack the picture or its text: the readiness rules ask for them
    when the topic leaves the illustration stage.
    """

    def __init__(self, required=False, **kwargs):
        super().__init__(required=required, **kwargs)
        children = {
            "image": IllustrationChooserBlock(required=False, label=_("Picture")),
            "decorative": BooleanBlock(
                required=False,
                label=_("The picture only decorates"),
                help_text=_("Tick only if it tells nothing that the text does not."),
            ),
            "alt_text": SentenceBlock(
                required=False,
                max_length=250,
                label=_("What one sees"),
                help_text=_("One sentence, for those who cannot see the picture."),
            ),
        }
        for name, block in children.items():
            block.set_name(name)
            self.child_blocks[name] = block

    def clean(self, value):
        return value

    class Meta:
        icon = "image"
        label = _("Picture")


register(ImageBlockAdapter(), PlacedIllustrationBlock)


class RecordingChooserBlock(PreloadedChooser, AbstractMediaChooserBlock):
    """A film or a sound."""

    def render_basic(self, value, context=None):
        return str(value)


def help_number_choices():
    from pages.models import HelpNumber

    return [(number.slug, str(number)) for number in HelpNumber.objects.all()]


class HelpNumbersBlock(MultipleChoiceBlock):
    """Some of the site's help numbers, kept by their slugs."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=help_number_choices,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def normalize_choice(self, value):
        # As stored: Wagtail's would ask the database at each reading.
        return value
