"""The board: each topic as a card that says where it is, who has it and what it lacks.

However many topics there are, a card asks the database nothing: all that several cards
need is read here, once for all.
"""

from collections import Counter, defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Count, F, OuterRef, Subquery, Window, prefetch_related_objects
from django.db.models.functions import Length, RowNumber, Substr
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from . import signing
from .models import BoardColumn, EditorialRecord, Membership, SignOff, Stage
from .models.records import oversees
from .models.stages import IN_WORK
from .notifications import place_of_work
from .remembered import address_of, remembered
from .room import room_url

# A column shows so many; the list shows them all.
CARDS_IN_A_COLUMN = 30


@dataclass(frozen=True)
class Card:
    """What the board and the list say of one topic to one user."""

    record: EditorialRecord
    theme: str
    languages: list  # language codes, this page's first
    states: dict  # {language code: what there is to say of it beside the code, or ""}
    user: object
    today: date
    signed_by: set  # who has signed the version that waits for its signatures, by pk

    @cached_property
    def title(self):
        return self.record.page.draft_title

    @property
    def column(self):
        return BoardColumn(self.record.column)

    @property
    def group(self):
        return self.record.workgroup

    @cached_property
    def holders(self):
        """The users who have the topic now; none where it goes out by itself."""
        if self.record.stage == Stage.SCHEDULED:
            return []
        return [user for user in self.record.holders() if user.pk not in self.signed_by]

    @property
    def who(self):
        """Who has it now, or what has become of it, in words."""
        if self.record.stage == Stage.SCHEDULED:
            day = date_format(self.record.publish_at, "j N")
            return _("Signed: goes online on %(day)s") % {"day": day}
        if self.record.stage == Stage.WITHDRAWN:
            return _("Withdrawn")
        names = ", ".join(str(user) for user in self.holders)
        return names or _("Nobody: a coordinator takes it on")

    @cached_property
    def days(self):
        """Whole days at this stage."""
        return (self.today - timezone.localdate(self.record.since)).days

    @property
    def days_label(self):
        text = ngettext("%(days)s day at this stage", "%(days)s days at this stage", self.days)
        return text % {"days": self.days}

    @cached_property
    def due_on(self):
        """The date by which something is to be done, or None."""
        in_round = self.record.in_round
        return self.record.due_on if in_round else self.record.review_due_on

    @cached_property
    def days_late(self):
        return self.record.days_overdue

    @property
    def late_label(self):
        """How late it is, in words, or ""."""
        if not self.days_late:
            return ""
        text = ngettext("%(days)s day late", "%(days)s days late", self.days_late)
        return text % {"days": self.days_late}

    @property
    def due_sentence(self):
        """What is due, and when, in words."""
        if self.record.in_round:
            return _("due on %(day)s") % {"day": _in_words(self.due_on, "j N")}
        return _("to be read again on %(day)s") % {"day": _in_words(self.due_on, "j N Y")}

    @cached_property
    def missing(self):
        """What is still missing, as a list of sentences."""
        return [problem.message for problem in self.record.problems]

    @property
    def stage_label(self):
        """Its column, and what more there is to say of the stage."""
        said = (str(capfirst(self.column.label)), self.signatures_label, self.round_label)
        return " · ".join(text for text in said if text)

    @property
    def round_label(self):
        again = self.record.page.live and self.record.in_round
        return _("new version of a published topic") if again else ""

    @property
    def due_label(self):
        """The due date, and how late it is, in words."""
        day = _in_words(self.due_on, "j N Y") if self.due_on else ""
        return f"{day} · {self.late_label}" if self.days_late else day

    @property
    def missing_label(self):
        number = len(self.missing)
        text = ngettext("%(number)s thing missing", "%(number)s things missing", number)
        return text % {"number": number}

    @property
    def missing_text(self):
        return " ".join(self.missing)

    @property
    def languages_text(self):
        said = ((code, self.states.get(code, "")) for code in self.languages)
        return ", ".join(f"{code} ({state})" if state else code for code, state in said)

    @property
    def signatures_label(self):
        """How many of its signatures are there, while one is not enough, else ""."""
        needed = self.record.required_signatures
        if self.record.stage != Stage.SIGN_OFF or needed < 2:
            return ""
        given = len(self.signed_by)
        text = ngettext(
            "%(given)s signature of %(needed)s", "%(given)s signatures of %(needed)s", given
        )
        return text % {"given": given, "needed": needed}

    @property
    def is_mine_to_hand_on(self):
        """Whether the user may hand the topic on now, and nothing is missing."""
        able = self.record.stage in IN_WORK and not self.record.missing
        return able and self.record.can_be_worked_on_by(self.user)

    @property
    def goes_to_illustration(self):
        """Whether handing it on leads there; a translation goes straight to its signature."""
        return self.record.stage == Stage.DRAFT and not self.record.is_translation

    @property
    def may_revise(self):
        """Whether the user may open a new round on what is published or withdrawn."""
        return self.record.can_be_revised and self.record.is_answered_for_by(self.user)

    @property
    def may_ask_for_translations(self):
        """Whether it is online, written in its own language, and the user's to have
        translated."""
        able = self.record.page.live and not self.record.is_translation
        return able and self.record.is_answered_for_by(self.user)

    @property
    def may_send_back(self):
        return self.record.can_be_sent_back_by(self.user)

    @property
    def may_sign(self):
        """Whether it waits for the user's signature."""
        return self.record.stage == Stage.SIGN_OFF and self.user in self.holders

    @property
    def may_withdraw(self):
        """Whether the user may take it off, or stop it before it goes online."""
        return signing.answers_for(self.user, self.record)

    @property
    def may_move_due_date(self):
        return self.record.in_round and self.record.is_answered_for_by(self.user)

    @cached_property
    def room_url(self):
        """The room of its group, where the user may enter it, else None."""
        return room_url(self.user, self.group)

    @cached_property
    def url(self):
        """Where the user works on it, or reads it."""
        reads_only = not (oversees(self.user) or self.may_sign)
        if reads_only and self.record.stage in (Stage.SIGN_OFF, Stage.SCHEDULED):
            return address_of("wagtailadmin_pages:edit", self.record.page_id)
        return place_of_work(self.record)

    @property
    def hand_on_url(self):
        return address_of("editorial_hand_on", self.record.page_id)

    @property
    def revise_url(self):
        return address_of("editorial_revise", self.record.page_id)

    @property
    def send_back_url(self):
        return address_of("editorial_send_back", self.record.page_id)

    @property
    def translations_url(self):
        return address_of("editorial_translations", self.record.page_id)

    @property
    def withdraw_url(self):
        return address_of("editorial_withdraw", self.record.page_id)

    @property
    def due_date_url(self):
        return address_of("editorial_due_date", self.record.page_id)

    @property
    def timeline_url(self):
        return address_of("editorial_timeline", self.record.page_id)


def _in_words(day, form):
    """The date ``day``, written once for all the cards that name it."""
    return remembered(("day", day, form), lambda: date_format(day, form))


def visible_to(user):
    """The records that ``user`` finds on the board, with their column."""
    records = EditorialRecord.objects.with_column()
    return records if oversees(user) else records.editable_by(user)


# What is due first comes first, what is never due last.
_ORDER = (F("due_on").asc(nulls_last=True), F("review_due_on").asc(nulls_last=True), "since", "pk")


def in_order(records):
    """``records`` as the board and the list show them."""
    return records.order_by(*_ORDER)


@dataclass(frozen=True)
class Tally:
    """How many ``records`` (a QuerySet with columns) stand where, counted once.

    *columns*: {column: how many}; *languages*: {language code: (online, how many of these
    say an earlier version of their source)}.
    """

    columns: dict
    languages: dict

    @classmethod
    def of(cls, records):
        columns, languages = Counter(), defaultdict(lambda: (0, 0))
        rows = records.order_by().values_list("column", "locale__language_code", "page__live")
        for column, code, live, number, behind in rows.annotate(Count("pk"), Count("behind_since")):
            columns[column] += number
            if live:
                online, earlier = languages[code]
                languages[code] = (online + number, earlier + behind)
        return cls(columns, languages)

    @property
    def by_language(self):
        """[(name of the language, its code, online, of an earlier version)], French first;
        nothing where there is but French."""
        if set(self.languages) <= {settings.LANGUAGE_CODE}:
            return []
        names = settings.LANGUAGES
        return [
            (name, code, *self.languages[code]) for code, name in names if code in self.languages
        ]


def columns(records, user, counts):
    """[(BoardColumn, how many there are, [the first Cards])], every column once; ``counts``:
    how many stand in each (see Tally)."""
    place = Window(RowNumber(), partition_by="column", order_by=_ORDER)
    shown = in_order(records.annotate(place=place).filter(place__lte=CARDS_IN_A_COLUMN))
    by_column = defaultdict(list)
    for card in cards(shown, user):
        by_column[card.column].append(card)
    return [(column, counts.get(column, 0), by_column[column]) for column in BoardColumn]


def cards(records, user):
    """``records``, a QuerySet with columns, as Cards for ``user``, in their order."""
    records = list(
        records.annotate(theme_title=_theme_title()).select_related("page", "workgroup", "locale")
    )
    prefetch_related_objects([r for r in records if r.stage == Stage.SIGN_OFF], "asked")
    signed = _signed_by({record.page.latest_revision_id for record in records})
    members = _members_of({record.workgroup_id for record in records})
    # Herself, and not the request's stand-in for her, through which each look goes twice.
    user = copy(user)
    today = timezone.localdate()
    languages = _languages_of({record.page.translation_key for record in records})
    made = []
    for record in records:
        record.able_members = members[record.workgroup_id]
        own = languages[record.page.translation_key]
        made.append(
            Card(
                record=record,
                theme=record.theme_title or "",
                languages=sorted(own, key=lambda code: (own[code].page_id != record.page_id, code)),
                states={
                    code: _state(other)
                    for code, other in own.items()
                    if other.page_id != record.page_id
                },
                user=user,
                today=today,
                signed_by=signed[record.page.latest_revision_id],
            )
        )
    return made


def _signed_by(revisions):
    """{revision's pk: the pks of those who have signed it}."""
    found = defaultdict(set)
    sign_offs = SignOff.objects.filter(revision__in=revisions)
    for revision, signatory in sign_offs.values_list("revision_id", "signatory_id"):
        found[revision].add(signatory)
    return found


def _members_of(groups):
    """{group's pk: its memberships whose people can act}."""
    found = defaultdict(list)
    memberships = Membership.objects.can_act().filter(workgroup__in=groups)
    for membership in memberships.select_related("user").order_by("user"):
        found[membership.workgroup_id].append(membership)
    return found


def path_above(path):
    """The path of the page above the one whose path the field ``path`` holds."""
    return Substr(path, 1, Length(path) - Page.steplen)


def _theme_title():
    """The title of the page above a record's page: its theme."""
    above = Page.objects.filter(path=path_above(OuterRef("page__path")))
    return Subquery(above.values("draft_title")[:1])


def _languages_of(keys):
    """{translation key: {language code: its EditorialRecord}}."""
    found = defaultdict(dict)
    records = EditorialRecord.objects.filter(page__translation_key__in=keys)
    for record in records.select_related("page", "locale"):
        found[record.page.translation_key][record.language] = record
    return found


def _state(record):
    """What there is to say of a topic's language beside its code, or ""."""
    if record.behind_since:
        return _("of an earlier version")
    return "" if record.page.live else record.get_stage_display()
