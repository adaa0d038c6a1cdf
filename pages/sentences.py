"""A sentence: two lines to write it in, one line of text."""

from wagtail.admin.widgets import AdminAutoHeightTextInput


def on_one_line(text):
    """`text` with each line break, and the spaces around it, as one space."""
    return " ".join(filter(None, map(str.strip, text.splitlines())))


class SentenceInput(AdminAutoHeightTextInput):
    """Shows a sentence whole while it is written; Enter typed in it is a space."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 2, **(attrs or {})})

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value and on_one_line(value)
