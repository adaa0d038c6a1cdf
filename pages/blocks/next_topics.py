"""Which topics editors lead to at the end of a topic."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import PageChooserBlock, StreamBlock

MOST = 3


class NextTopicsBlock(StreamBlock):
    """Up to three topics, in the order in which parents see them."""

    topic = PageChooserBlock(page_type="pages.TopicPage", label=_("Topic"), icon="doc-full")

    class Meta:
        required = False
        max_num = MOST
