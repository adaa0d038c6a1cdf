"""The field in which authors write text."""

from threading import Lock

from wagtail.admin.rich_text import DraftailRichTextArea

_converting = Lock()


class TopicTextArea(DraftailRichTextArea):
    """Wagtail's, one conversion at a time: it keeps one parser per block for all
    threads, and two topics opened at the same moment would mix their text."""

    def format_value(self, value):
        with _converting:
            return super().format_value(value)

    def value_from_datadict(self, data, files, name):
        with _converting:
            return super().value_from_datadict(data, files, name)
