from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, StreamBlock, StructBlock, URLBlock

from .sentences import SentenceBlock


class AddressBlock(URLBlock):
    """A web address; half an address may be kept in a draft."""

    def clean(self, value):
        return value if self.is_deferred_validation else super().clean(value)


class SourceBlock(StructBlock):
    """Where something stands, who publishes it, and when it was read."""

    title = SentenceBlock(max_length=200, label=_("Title"))
    publisher = CharBlock(
        max_length=120,
        label=_("Published by"),
        help_text=_("For instance: Haute Autorité de santé."),
    )
    url = AddressBlock(label=_("Address"), help_text=_("Copy it from the top of your browser."))
    read_on = DateBlock(label=_("Read on"))

    class Meta:
        icon = "doc-full"
        label = _("Source")
        label_format = "{title}"


class SourcesBlock(StreamBlock):
    source = SourceBlock()
