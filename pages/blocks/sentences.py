"""A sentence inside a block."""

from django import forms
from django.utils.functional import cached_property
from wagtail.blocks import TextBlock

from pages.sentences import SentenceInput


class SentenceBlock(TextBlock):
    """Up to some 250 characters, stored as one line of text."""

    @cached_property
    def field(self):
        return forms.CharField(widget=SentenceInput(), **self.field_options)
