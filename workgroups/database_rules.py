"""What the database itself refuses, whatever code or tool speaks to it.

- a page goes live, or gets another live revision, without the signatures that
  its record asks for (one at least), newer than its last withdrawal and under
  the revision that was signed last;
- a live page's text changes outside a publication, or what it is (its number,
  kind, language);
- a publication begins without a version that is signed, ended its workflow and
  is not online yet; a signature is written under another version than the one
  that waits for it, or by somebody who is no signatory or wrote in the page;
- a live page goes off without a withdrawal newer than its last signature, or
  a page above it goes off, is deleted or is closed to parents;
- a signature, its files or a withdrawal is changed or deleted, or a signed
  picture or film itself.

A page is editorial by its kind and by its text alike: neither is a way round
the other. How the rules get into the database stands in workgroups.triggers.
"""

from dataclasses import dataclass

from django.db.models import UniqueConstraint
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from accounts.models import User
from accounts.roles import Role
from media.models import CaptionTrack, Illustration, Recording

from .authorship import WRITING
from .models import EditorialRecord, SignedFile, SignOff, Stage, Withdrawal
from .models.editorial_page import editorial_models

PAGE = Page._meta.db_table
# What parents read of a page's own row, and what says which text it is.
PAGE_TEXT = (
    "title", "seo_title", "search_description", "locale_id", "translation_key", "alias_of_id",
)  # fmt: skip
APPEND_ONLY = (SignOff, SignedFile, Withdrawal)
SIGNED_FILES = (Illustration, Recording, CaptionTrack)

RECORD = EditorialRecord._meta.db_table
SIGNED = SignOff._meta.db_table
WITHDRAWN = Withdrawal._meta.db_table
RESTRICTION = PageViewRestriction._meta.db_table

BY_PUBLICATION = "the text of a live page changes by publication only"
BY_WITHDRAWAL = "a live page goes off by a withdrawal only"


@dataclass(frozen=True)
class Rule:
    """``event`` ("BEFORE UPDATE"…) on a row of ``table`` is refused with
    ``message`` where ``condition`` holds, an SQL expression over OLD and NEW
    (None: always)."""

    name: str
    table: str
    event: str
    condition: str | None
    message: str


def text_tables():
    """Every table that holds text of an editorial page beside the page's own."""
    for model in editorial_models():
        yield model._meta.db_table
        for field in model._meta.local_many_to_many:
            yield field.m2m_db_table()


def _is_of_kind(row):
    labels = ", ".join(
        f"'{model._meta.app_label}.{model._meta.model_name}'" for model in editorial_models()
    )
    return (
        f"{row}.content_type_id IN (SELECT id FROM django_content_type "
        f"WHERE app_label || '.' || model IN ({labels}))"
    )


def _is_editorial(row):
    texts = " OR ".join(
        f'EXISTS (SELECT 1 FROM {m._meta.db_table} t WHERE t."{m._meta.pk.column}" = {row}.id)'
        for m in editorial_models()
    )
    return f"({_is_of_kind(row)} OR {texts})"


def _last_signed(page_id):
    return (
        f"(SELECT s.revision_id FROM {SIGNED} s WHERE s.page_id = {page_id} "
        f"ORDER BY s.id DESC LIMIT 1)"
    )


def _too_few_signatures(page_id, revision_id):
    # Where the record is lost or asks for none, one signature is needed all the same.
    return f"""(
        SELECT COUNT(DISTINCT s.signatory_id) FROM {SIGNED} s
        WHERE s.page_id = {page_id} AND s.revision_id = {revision_id}
        AND s.id > COALESCE(
            (SELECT MAX(w.last_sign_off_id) FROM {WITHDRAWN} w WHERE w.page_id = {page_id}), 0)
    ) < COALESCE(
        (SELECT r.required_signatures FROM {RECORD} r
         WHERE r.page_id = {page_id} AND r.required_signatures > 1), 1)"""


NOT_WITHDRAWN = f"""NOT EXISTS (
    SELECT 1 FROM {WITHDRAWN} w WHERE w.page_id = OLD.id
    AND COALESCE(w.last_sign_off_id, 0) >= COALESCE(
        (SELECT MAX(s.id) FROM {SIGNED} s WHERE s.page_id = OLD.id), 0))"""


def _not_publishing(page_id):
    return f"NOT EXISTS (SELECT 1 FROM {RECORD} r WHERE r.page_id = {page_id} AND r.publishing)"


def _live(page_id):
    return f"EXISTS (SELECT 1 FROM {PAGE} p WHERE p.id = {page_id} AND p.live)"


def _live_from(path):
    """An editorial page is live at ``path`` or below."""
    return (
        f"EXISTS (SELECT 1 FROM {PAGE} p WHERE p.live AND p.path LIKE {path} || '%' "
        f"AND {_is_editorial('p')})"
    )


def _changed(columns, differs):
    return "(" + " OR ".join(f'OLD."{c}" {differs} NEW."{c}"' for c in columns) + ")"


def rules(differs):
    """Every Rule. ``differs`` is the database's word for "is not, null or not"."""
    yield from _page_rules(differs)
    for model in editorial_models():
        yield from _text_rules(model, differs)
    yield from _record_rules(differs)
    yield _signature_rule()
    yield from _file_rules(differs)
    for model in APPEND_ONLY:
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            yield Rule(
                f"{event.lower()}_{table}", table, f"BEFORE {event}", None,
                f"{table} is append-only",
            )  # fmt: skip


def _page_rules(differs):
    editorial, below = _is_editorial("NEW"), "OLD.path || '_'"
    # After, since SQLite gives a row its number only then.
    yield Rule(
        "insert_live", PAGE, "AFTER INSERT", f"NEW.live AND {editorial}",
        "a page starts as a draft",
    )  # fmt: skip
    yield Rule(
        "go_live", PAGE, "BEFORE UPDATE",
        f"NEW.live AND {editorial} AND (NOT OLD.live OR "
        f"OLD.live_revision_id {differs} NEW.live_revision_id) "
        f"AND ({_too_few_signatures('NEW.id', 'NEW.live_revision_id')} "
        f"OR {_last_signed('NEW.id')} {differs} NEW.live_revision_id "
        f"OR {_not_publishing('NEW.id')})",
        "a page goes live with its signatures only",
    )  # fmt: skip
    yield Rule(
        "change_text", PAGE, "BEFORE UPDATE",
        f"NEW.live AND {editorial} AND {_changed(PAGE_TEXT, differs)} "
        f"AND {_not_publishing('NEW.id')}",
        BY_PUBLICATION,
    )  # fmt: skip
    yield Rule(
        "change_number", PAGE, "BEFORE UPDATE", "OLD.id <> NEW.id",
        "a page keeps its number",
    )  # fmt: skip
    yield Rule(
        "change_kind", PAGE, "BEFORE UPDATE",
        f"OLD.content_type_id <> NEW.content_type_id "
        f"AND ({_is_editorial('OLD')} OR {_is_of_kind('NEW')})",
        "a page keeps its kind",
    )  # fmt: skip
    yield Rule(
        "go_off", PAGE, "BEFORE UPDATE",
        f"OLD.live AND NOT NEW.live AND {_is_editorial('OLD')} AND {NOT_WITHDRAWN}",
        BY_WITHDRAWAL,
    )  # fmt: skip
    yield Rule(
        "go_off_above", PAGE, "BEFORE UPDATE",
        f"OLD.live AND NOT NEW.live AND {_live_from(below)}",
        "a page above a live one stays online",
    )  # fmt: skip
    yield Rule("delete_live", PAGE, "BEFORE DELETE", _live_from("OLD.path"), BY_WITHDRAWAL)
    for event in ("INSERT", "UPDATE"):
        yield Rule(
            f"{event.lower()}_restriction", RESTRICTION, f"BEFORE {event}",
            f"EXISTS (SELECT 1 FROM {PAGE} above WHERE above.id = NEW.page_id "
            f"AND {_live_from('above.path')})",
            BY_WITHDRAWAL,
        )  # fmt: skip


def _text_rules(model, differs):
    """The rules on the table of one kind of editorial page, and on the lists
    (stages…) that belong to its text."""

    def live_and_not_publishing(page_id):
        return f"({_live(page_id)} AND {_not_publishing(page_id)})"

    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if not field.primary_key and field.name != "lineage"
    ]
    table, key = model._meta.db_table, model._meta.pk.column
    yield Rule(
        f"insert_{table}", table, "BEFORE INSERT",
        f"NOT EXISTS (SELECT 1 FROM {PAGE} p WHERE p.id = NEW.{key} AND NOT p.live "
        f"AND {_is_of_kind('p')})",
        "a text is given to a draft of its kind only",
    )  # fmt: skip
    yield Rule(
        f"change_number_{table}", table, "BEFORE UPDATE", f"OLD.{key} <> NEW.{key}",
        "a text keeps its page",
    )  # fmt: skip
    yield Rule(
        f"change_text_{table}", table, "BEFORE UPDATE",
        f"{_changed(columns, differs)} AND {live_and_not_publishing(f'NEW.{key}')}",
        BY_PUBLICATION,
    )  # fmt: skip
    yield Rule(
        f"delete_{table}", table, "BEFORE DELETE", _live(f"OLD.{key}"), BY_WITHDRAWAL
    )  # fmt: skip
    for field in model._meta.local_many_to_many:
        table, key = field.m2m_db_table(), field.m2m_column_name()
        new, old = live_and_not_publishing(f"NEW.{key}"), live_and_not_publishing(f"OLD.{key}")
        for event, condition in (
            ("INSERT", new),
            ("UPDATE", f"OLD.id <> NEW.id OR {old} OR {new}"),
            ("DELETE", old),
        ):
            yield Rule(
                f"{event.lower()}_{table}", table, f"BEFORE {event}", condition, BY_PUBLICATION
            )


def _record_rules(differs):
    yield Rule(
        "change_record", RECORD, "BEFORE UPDATE", _changed(("id", "page_id"), differs),
        "a record keeps its page",
    )  # fmt: skip
    yield Rule(
        "insert_record", RECORD, "BEFORE INSERT",
        f"NEW.publishing OR NEW.stage <> '{Stage.DRAFT}'", "a record starts with a draft",
    )  # fmt: skip
    signed = _last_signed("NEW.page_id")
    yield Rule(
        "begin_publication", RECORD, "BEFORE UPDATE",
        f"NEW.publishing AND NOT OLD.publishing AND (NEW.stage <> '{Stage.SCHEDULED}' "
        f"OR {_too_few_signatures('NEW.page_id', signed)} "
        f"OR EXISTS (SELECT 1 FROM {PAGE} p WHERE p.id = NEW.page_id AND p.live "
        f"AND p.live_revision_id = {signed}))",
        "only what is signed and not online yet is published",
    )  # fmt: skip
    yield Rule(
        "delete_record", RECORD, "BEFORE DELETE", _live("OLD.page_id"),
        "a live page keeps its record",
    )  # fmt: skip


def _signature_rule():
    """A signature is written under the version that waits for it, by a signatory
    who wrote nothing in this page. Who wrote elsewhere in its lineage, and the
    hash, are beyond a trigger: see workgroups.signing."""
    writing = ", ".join(f"'{action}'" for action in WRITING if action != "wagtail.rename")
    roles = User.groups.through._meta.db_table
    return Rule(
        "insert_sign_off", SIGNED, "BEFORE INSERT",
        f"NOT EXISTS (SELECT 1 FROM {RECORD} r JOIN {PAGE} p ON p.id = r.page_id "
        f"WHERE p.id = NEW.page_id AND r.stage = '{Stage.SIGN_OFF}' "
        f"AND p.latest_revision_id = NEW.revision_id AND p.locale_id = NEW.locale_id) "
        f"OR NOT EXISTS (SELECT 1 FROM {User._meta.db_table} u JOIN {roles} ug "
        f"ON ug.user_id = u.id JOIN auth_group g ON g.id = ug.group_id "
        f"WHERE u.id = NEW.signatory_id AND u.is_active AND g.name = '{Role.SIGNATORY}') "
        f"OR EXISTS (SELECT 1 FROM {PageLogEntry._meta.db_table} e WHERE e.page_id = NEW.page_id "
        f"AND e.user_id = NEW.signatory_id AND e.action IN ({writing})) "
        f"OR EXISTS (SELECT 1 FROM {Revision._meta.db_table} v "
        f"WHERE v.object_id = CAST(NEW.page_id AS text) AND v.user_id = NEW.signatory_id "
        f"AND v.base_content_type_id IN (SELECT id FROM django_content_type "
        f"WHERE app_label = 'wagtailcore' AND model = 'page'))",
        "a signature stands under what waits for it, by a signatory who wrote none of it",
    )  # fmt: skip


def _file_rules(differs):
    """The rules on signed pictures and films; a film's captions belong to it.
    What is frozen of a file stands with the file (see media.rules)."""

    def signed(column, number):
        table = SignedFile._meta.db_table
        return f"EXISTS (SELECT 1 FROM {table} f WHERE f.{column} = {number})"

    for model, column, key in (
        (Illustration, "illustration_id", "id"),
        (Recording, "recording_id", "id"),
        (CaptionTrack, "recording_id", "recording_id"),
    ):
        frozen = [
            field.column
            for field in model._meta.local_concrete_fields
            if field.name in ("id", *model.frozen_fields) or field.name.endswith("_sha256")
        ]
        old, new = signed(column, f"OLD.{key}"), signed(column, f"NEW.{key}")
        table = model._meta.db_table
        conditions = {"UPDATE": f"{_changed(frozen, differs)} AND ({old} OR {new})", "DELETE": old}
        if key != "id":
            conditions["INSERT"] = new
        for event, condition in conditions.items():
            yield Rule(
                f"{event.lower()}_{table}", table, f"BEFORE {event}", condition,
                "a signed file stays as it is",
            )  # fmt: skip


def rules_against_replacing():
    """SQLite's REPLACE deletes whatever stands in its way, and no trigger on
    deletion fires: on the tables above, nothing stands in a new row's way."""
    models = [Page, EditorialRecord, *editorial_models(), *APPEND_ONLY, *SIGNED_FILES]
    sets = {model._meta.db_table: list(_unique_columns(model)) for model in models}
    for model in editorial_models():
        # Adding what is there already ("OR IGNORE") stays possible.
        sets |= {field.m2m_db_table(): [("id",)] for field in model._meta.local_many_to_many}
    for table, unique in sets.items():
        key = unique[0][0]
        same = " OR ".join(
            "(" + " AND ".join(f'o."{c}" = NEW."{c}"' for c in columns) + ")" for columns in unique
        )
        for event, others in (("INSERT", "TRUE"), ("UPDATE", f'o."{key}" <> OLD."{key}"')):
            yield Rule(
                f"replace_by_{event.lower()}_{table}", table, f"BEFORE {event}",
                f"EXISTS (SELECT 1 FROM {table} o WHERE {others} AND ({same}))",
                f"no row of {table} is replaced",
            )  # fmt: skip


def _unique_columns(model):
    """The sets of columns that are unique in a model's own table, its key first."""
    meta = model._meta
    names = [tuple(names) for names in meta.unique_together]
    names += [c.fields for c in meta.constraints if isinstance(c, UniqueConstraint)]
    yield (meta.pk.column,)
    for field in meta.local_concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.column,)
    for fields in names:
        yield tuple(meta.get_field(name).column for name in fields)
