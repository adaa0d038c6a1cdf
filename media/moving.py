"""Moving every file from one store to the other, so that it can stop at any moment: a file is
there whole or not at all, and what is there already is compared and not sent again."""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation

from .failures import file_fields


@dataclass(frozen=True)
class Known:
    """A stored file that rows name: its *name*, the name of its *model*, and the *sha256* by
    which the row knows it, or ""."""

    name: str
    model: str
    sha256: str


@dataclass
class Count:
    """What was done: files *moved* now, those *there* already, and the lines of *problems*."""

    moved: int = 0
    there: int = 0
    problems: int = 0

    @property
    def done(self):
        return self.moved + self.there + self.problems


def known_files():
    """Every stored file that a row names, each name once, in the order of names."""
    found = {}
    for model, field in file_fields():
        columns = {f.name for f in model._meta.get_fields()}
        sha256 = f"{field.name}_sha256"
        wanted = [field.name, *({sha256} & columns)]
        rows = model._base_manager.exclude(**{field.name: ""}).exclude(**{field.name: None})
        for name, *hashes in rows.order_by().values_list(*wanted).iterator():
            known = Known(name, model._meta.label, hashes[0] if hashes else "")
            if name not in found or known.sha256:
                found[name] = known
    return [found[name] for name in sorted(found)]


def sha256_in(storage, name):
    """The SHA-256 of the file of that name, or None where there is none."""
    try:
        stored = storage.read(name)
    except FileNotFoundError:
        return None
    digest = hashlib.sha256()
    try:
        while chunk := stored.body.read(1024 * 1024):
            digest.update(chunk)
    finally:
        stored.body.close()
    return digest.hexdigest()


class Moving:
    """Moves *files* from the storage *source* to *target*; with *delete_source* each goes
    there once it is proved to be here."""

    def __init__(self, source, target, delete_source=False):
        self.source = source
        self.target = target
        self.delete_source = delete_source
        self.count = Count()

    def move(self, file):
        """Move one Known file. Returns the sentence of what is wrong with it, or None."""
        try:
            problem = self._move(file)
        except SuspiciousOperation:
            problem = "its name leads out of the store"
        if problem:
            self.count.problems += 1
            return f"{file.name} ({file.model}): {problem}"
        return None

    def _move(self, file):
        here = sha256_in(self.target, file.name)
        there = sha256_in(self.source, file.name)
        if there is None and here is None:
            return "it is missing"
        moved = here is None
        if moved:
            with self.source.open(file.name) as original:
                self.target.put(file.name, original)
            here = sha256_in(self.target, file.name)
        if there and here != there:
            return (
                "another file of this name is there already"
                if not moved
                else ("it did not arrive as it was sent")
            )
        if file.sha256 and here != file.sha256:
            return "it is not the file that was stored"
        if there and self.delete_source:
            self.source.delete_now(file.name)
        self.count.moved += moved
        self.count.there += not moved
        return None
