"""Which stored files have an address, and who may fetch them.

A file is found by its path; what no row names is not there. Whether parents see it, which the
rooms above tell (see media.registry), is asked in the same query.
"""

from dataclasses import dataclass
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, CharField, F, OuterRef, Value
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from .models import CaptionTrack, Illustration, IllustrationRendition, Recording
from .registry import is_read_by, publishers, seen_by_parents


@dataclass(frozen=True)
class ServedFile:
    """A stored file, by its *path* in the store: *owner* is the Illustration or Recording to
    which it belongs, None for the portrait in somebody's account; *sha256* what its bytes
    are known by, or ""; *is_public* whether parents see that picture, film or sound now."""

    path: str
    owner: Illustration | Recording | None
    sha256: str
    is_public: bool

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
OF_A_PICTURE = 1  # which of them is the picture itself


# Stands for the path in the question, which is put into SQL once.
THE_PATH = "(the path asked for)"


def _rows(kind):
    model, field, sha256, owner, reached = SOURCES[kind]
    prefix = f"{reached}__" if reached else ""
    pk = f"{reached}_id" if reached else "pk"
    return (
        model._base_manager.filter(**{field: THE_PATH})
        .order_by()
        .values_list(
            Value(str(kind), output_field=CharField()),
            F(pk),
            F(f"{prefix}collection_id"),
            F(sha256),
            seen_by_parents(owner, OuterRef(pk)),
        )
    )


def _portraits():
    nothing = Value("", output_field=CharField())
    never = Value(False, output_field=BooleanField())
    portraits = UserProfile.objects.filter(avatar=THE_PATH).order_by()
    return portraits.values_list(nothing, F("pk"), F("pk"), nothing, never)


def _source_files():
    """What a picture was drawn in is for its group: parents never get it."""
    kind = Value(str(OF_A_PICTURE), output_field=CharField())
    nothing = Value("", output_field=CharField())
    never = Value(False, output_field=BooleanField())
    drawn_in = Illustration._base_manager.filter(source_file=THE_PATH).order_by()
    return drawn_in.values_list(kind, F("pk"), F("collection_id"), nothing, never)


@cache
def _question(publishers, using):
    """The query that finds a path, and its parameters, as the *publishers* answer; Django
    takes longer to write it than the database to answer it."""
    first, *others = (_rows(kind) for kind in range(len(SOURCES)))
    query = first.union(*others, _source_files(), _portraits(), all=True).query
    return query.get_compiler(using).as_sql()


def find(path):
    """The ServedFile at *path* in the store, or None where no row names it."""
    if not path or "\0" in path:
        return None
    sql, parameters = _question(publishers(), DEFAULT_DB_ALIAS)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [path if given == THE_PATH else given for given in parameters])
        row = cursor.fetchone()
    if row is None:
        return None
    kind, pk, collection, sha256, is_public = row
    if not kind:
        return ServedFile(path, None, "", False)
    model = SOURCES[int(kind)][3]
    # What is not given here is read when somebody asks for it.
    owner = model.from_db(DEFAULT_DB_ALIAS, ["id", "collection_id"], [pk, collection])
    return ServedFile(path, owner, sha256, bool(is_public))
