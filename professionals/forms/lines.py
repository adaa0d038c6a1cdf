"""Text of several lines, as people count it."""

from django import forms


class LinesField(forms.CharField):
    """A browser sends two characters for the end of a line, and counts one: what it let somebody
    write is not too long here."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")
