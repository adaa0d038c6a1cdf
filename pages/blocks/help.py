from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StructBlock, TextBlock

from .references import HelpNumbersBlock


class AskingForHelpBlock(StructBlock):
    """When to ask for help, and whom to call."""

    text = TextBlock(
        rows=4,
        label=_("When to ask for help"),
        help_text=_("In plain words, without any number: tick the numbers below."),
    )
    numbers = HelpNumbersBlock(
        required=False,
        label=_("Numbers to show"),
        help_text=_("The first ones of the list come first."),
    )

    class Meta:
        icon = "help"
        label = _("When to ask for help")


class HelpBlock(StreamBlock):
    help = AskingForHelpBlock()

    class Meta:
        max_num = 1
