"""What becomes of a row, from its being decided to its being written."""

from dataclasses import asdict, dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy

from professionals.models import Professional


class What(models.TextChoices):
    CREATED = "created", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    LEFT = "left", gettext_lazy("left as it is")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass
class RowReport:
    """What becomes of one row. *made*: [(column, value)] of a new entry; *changes*: [(column, old,
    new)]; *kept*: [(column, of the entry, of the file)], which people changed here; *reasons*:
    [sentence]."""

    number: int
    what: str
    source: str = ""
    source_id: str = ""
    name: str = ""
    made: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    reasons: list = field(default_factory=list)

    def as_dict(self):
        return asdict(self)


@dataclass
class Known:
    """What is compared of an entry that is there. *row*: {name: value} of COMPARED and LISTS,
    slugs and codes instead of rows; *said*: what the source last said, None: it is from none."""

    row: dict
    said: dict | None = None


@dataclass
class Step:
    """A row that is decided: its *wanted* values, the *known* entry that is there or None
    (*is_purged*: all of it was deleted but a number), what is to be *put* on it and what the
    source is to be remembered to have *said*. *entry*: the Professional, which checking.check()
    fetches or the writer makes."""

    report: RowReport
    wanted: object
    known: Known | None = None
    is_purged: bool = False
    entry: Professional | None = None
    put: dict = field(default_factory=dict)
    said: dict | None = None
