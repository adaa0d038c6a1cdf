"""What is still missing before a page may go on."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext


@dataclass(frozen=True)
class ReadinessProblem:
    """One thing that is missing.

    ``field`` is the form field at which the editor shows it; ``text`` the English
    sentence (marked with ``gettext_noop`` where it is written), ``details`` what
    stands in its place-holders. A detail that is itself a problem is given as
    such. The record of a page keeps its problems, and each reader's language
    makes the ``message``.
    """

    field: str
    text: str
    details: dict = field(default_factory=dict)

    @property
    def message(self):
        text = gettext(self.text)
        if not self.details:
            return text
        return text % {
            name: value.message if isinstance(value, ReadinessProblem) else value
            for name, value in self.details.items()
        }

    def stored(self):
        """This problem as JSON can hold it."""
        return asdict(self)

    @classmethod
    def read(cls, stored):
        """The problem that ``stored`` gave."""
        details = {
            name: cls.read(value) if isinstance(value, dict) else value
            for name, value in stored["details"].items()
        }
        return cls(stored["field"], stored["text"], details)
