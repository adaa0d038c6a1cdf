"""Which stored files have an address, and who may fetch them.

A file is found by its path, in one query; what no row names is not there. Whether parents see
it is one more, which the rooms above answer together (see media.registry).
"""

from dataclasses import dataclass

from django.db.models import CharField, F, Value
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from .models import CaptionTrack, Illustration, IllustrationRendition, Recording
from .registry import is_public, is_read_by


@dataclass(frozen=True)
class ServedFile:
    """A stored file, by its *path* in the store: *owner* is the Illustration or Recording to
    which it belongs, None for the portrait in somebody's account; *sha256* what its bytes
    are known by, or ""."""

    path: str
    owner: Illustration | Recording | None
    sha256: str

    def is_public(self):
        """Whether parents see the picture, film or sound now."""
        return self.owner is not None and is_public(self.owner)

    def is_open_to(self, user):
        """Whether *user* may see it before parents do."""
        if not (user.is_authenticated and user.is_active):
            return False
        if self.owner is None:  # who works here sees with whom
            return user.has_perm("wagtailadmin.access_admin")
        policy = policy_registry.get_by_type(type(self.owner))
        if policy.user_has_any_permission_for_instance(user, ["choose", "change"], self.owner):
            return True
        return is_read_by(self.owner, user)


# Model, field of the path and of its hash, whose file it is, and how that one is reached.
SOURCES = (
    (IllustrationRendition, "file", "file_sha256", Illustration, "image"),
    (Illustration, "file", "file_sha256", Illustration, ""),
    (Recording, "file", "file_sha256", Recording, ""),
    (Recording, "thumbnail", "thumbnail_sha256", Recording, ""),
    (CaptionTrack, "file", "file_sha256", Recording, "recording"),
)


def _rows(path, kind):
    model, field, sha256, _owner, reached = SOURCES[kind]
    prefix = f"{reached}__" if reached else ""
    return (
        model._base_manager.filter(**{field: path})
        .order_by()
        .values_list(
            Value(str(kind), output_field=CharField()),
            F(f"{reached}_id" if reached else "pk"),
            F(f"{prefix}collection_id"),
            F(sha256),
        )
    )


def _portraits(path):
    nothing = Value("", output_field=CharField())
    return (
        UserProfile.objects.filter(avatar=path)
        .order_by()
        .values_list(nothing, F("pk"), F("pk"), nothing)
    )


def find(path):
    """The ServedFile at *path* in the store, or None where no row names it."""
    if not path or "\0" in path:
        return None
    first, *others = (_rows(path, kind) for kind in range(len(SOURCES)))
    row = next(iter(first.union(*others, _portraits(path), all=True)), None)
    if row is None:
        return None
    kind, pk, collection, sha256 = row
    if not kind:
        return ServedFile(path, None, "")
    model = SOURCES[int(kind)][3]
    # What is not given here is read when somebody asks for it.
    owner = model.from_db(model.objects.db, ["id", "collection_id"], [pk, collection])
    return ServedFile(path, owner, sha256)
