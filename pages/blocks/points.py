from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from .sentences import SentenceBlock


class PointsBlock(StreamBlock):
    """“In brief”: two to four short sentences."""

    point = SentenceBlock(
        max_length=160,
        label=_("Point"),
        icon="tick",
        help_text=_("One short sentence."),
    )

    class Meta:
        max_num = 4
