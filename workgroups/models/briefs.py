"""What a picture must show, for where and by when: from the order to the picture in its place."""

from contextlib import contextmanager
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Collection, Page

from media.credits import Credited
from media.models import Illustration
from media.rules import Licence

from .brief_queries import (
    OPEN,
    BriefRefusalError,
    BriefState,
    IllustrationBriefQuerySet,
    PictureFormat,
)
from .brief_versions import BriefVersion, Kind
from .records import EditorialRecord, oversees
from .stages import IN_WORK

LONGEST_TITLE = 255  # characters, as Wagtail's pictures have it


class IllustrationBrief(Credited):
    """One picture that a group asks for. Where it stands changes by the methods
    ``deliver``, ``accept`` and ``give_up`` alone, each under the topic's lock."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="illustration_briefs")
    # Where in the draft (EditorialPage.picture_places), and what that place was called.
    place = models.CharField(gettext_lazy("for which place"), max_length=120)
    place_label = models.CharField(max_length=200, editable=False)
    shows = models.TextField(
        gettext_lazy("what it must show"),
        help_text=gettext_lazy("Who, where, doing what. What a parent should understand from it."),
    )
    avoid = models.TextField(gettext_lazy("what to avoid"), blank=True)
    picture_format = models.CharField(
        gettext_lazy("format"),
        max_length=10,
        choices=PictureFormat.choices,
        default=PictureFormat.LANDSCAPE,
    )
    due_on = models.DateField(gettext_lazy("due on"))
    illustrator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("illustrator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("Leave empty: all the group's illustrators get it."),
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=BriefState.choices, default=BriefState.ASKED
    )
    given_up_reason = models.TextField(blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    # What became of it; the picture can go, the brief tells what was.
    illustration = models.ForeignKey(
        Illustration, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = IllustrationBriefQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    # What may still be said differently while it is open.
    ASKED_FIELDS = (
        "place", "shows", "avoid", "picture_format", "due_on", "illustrator",
        *Credited.credit_fields,
    )  # fmt: skip

    class Meta:
        verbose_name = gettext_lazy("illustration brief")
        verbose_name_plural = gettext_lazy("illustration briefs")
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "place"],
                condition=Q(state__in=[str(state) for state in OPEN]),
                name="one_open_brief_per_place",
            )
        ]

    def __str__(self):
        return f"{self.page.draft_title} · {self.place_label}"

    def clean(self):
        # Without a credit, whoever draws it is credited: see make_illustration.
        if self.licence == Licence.OTHER and not self.licence_text.strip():
            raise ValidationError({"licence_text": _("Say which licence it is.")})

    # What is known of it

    @property
    def record(self):
        return self.page.editorial_record

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def is_late(self):
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def days_late(self):
        return (timezone.localdate() - self.due_on).days if self.is_late else 0

    @cached_property
    def latest_version(self):
        """The newest version, or None; reads what ``with_topics`` has loaded."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)

    @cached_property
    def illustrators(self):
        """The users who are to draw it, as a list: the one it names while she can."""
        drawing = self.record.drawn_by()
        return [self.illustrator] if self.illustrator in drawing else drawing

    @property
    def waits_for_authors(self):
        """Whether a version lies there on which nobody has said anything yet."""
        version = self.latest_version
        return self.is_open and version is not None and not version.remarks.all()

    @property
    def kinds_that_follow(self):
        """What may be delivered next, as a list of Kind: the same once more, or further on."""
        if not self.is_open:
            return []
        return list(Kind)[max(0, OPEN.index(self.state) - 1) :]

    @property
    def next_kind(self):
        """What is most likely delivered next; None once it is closed."""
        kinds = self.kinds_that_follow
        if not kinds:
            return None
        unanswered = self.latest_version and self.latest_version.open_remarks
        return kinds[0] if self.state == BriefState.ASKED or unanswered else kinds[:2][-1]

    # Who may

    def may_be_seen_by(self, user):
        return type(self).objects.visible_to(user).filter(pk=self.pk).exists()

    def may_be_directed_by(self, user):
        """Remark, accept, give up: the group's authors and the coordinators."""
        return oversees(user) or self.record.is_written_by(user)

    def may_be_drawn_by(self, user):
        """Deliver and answer: the illustrators; a coordinator, for who has no account."""
        return oversees(user) or user in self.record.drawn_by()

    # What happens to it

    @contextmanager
    def held(self):
        """Inside, the topic's record and the brief as they are now, both held: the record
        first, as all that changes a topic does. Raises BriefRefusalError where there is no
        brief any more."""
        with transaction.atomic():
            record = EditorialRecord.objects.hold(self.page_id)
            brief = type(self).objects.select_for_update().filter(pk=self.pk).first()
            if brief is None:
                raise BriefRefusalError(_("This brief was deleted meanwhile: nothing was done."))
            yield brief, record

    def refuse_if_closed(self):
        if not self.is_open:
            raise BriefRefusalError(
                _("This brief is closed (%(state)s). Nothing was done twice.")
                % {"state": self.get_state_display()}
            )

    def refuse_unless(self, allowed):
        if not allowed:
            raise BriefRefusalError(_("This is not yours to do on this brief."))

    def refuse_unless_it_follows(self, kind):
        if kind not in self.kinds_that_follow:
            raise BriefRefusalError(
                _("%(kind)s: this has been passed already. Deliver what comes next.")
                % {"kind": Kind(kind).label.capitalize()}
            )

    def log(self, what, user, **data):
        """Write it into the topic's history, for workgroups' timeline to read."""
        data = {"brief": self.pk, "place": self.place_label, **data}
        log(
            instance=self.page.specific,
            action=f"workgroups.brief_{what}",
            user=user,
            data=data,
        )

    def keep_in_step(self, record):
        """What the topic lacks is another thing now."""
        if record.stage in IN_WORK:
            record.keep_missing(record.page.specific.get_latest_revision_as_object())

    def name_the_place(self, record):
        """Keep what the place is called in the topic's draft. Raises ValidationError
        where there is no such place."""
        draft = record.page.specific.get_latest_revision_as_object()
        label = dict(draft.picture_places()).get(self.place)
        if label is None:
            raise ValidationError({"place": _("This place is no longer in the draft.")})
        self.place_label = str(label)[:200]

    def change(self, user, **fields):
        """Say the brief differently while it is open. ``fields``: of ASKED_FIELDS."""
        from workgroups import brief_mails

        with self.held() as (brief, record):
            brief.refuse_if_closed()
            brief.refuse_unless(brief.may_be_directed_by(user))
            for name, value in fields.items():
                setattr(brief, name, value)
            brief.name_the_place(record)
            brief.full_clean(validate_constraints=False)
            same = type(self).objects.open().filter(page=brief.page_id, place=brief.place)
            if same.exclude(pk=brief.pk).exists():
                raise BriefRefusalError(_("There is an open brief for this place already."))
            brief.save()
            brief.keep_in_step(record)
            brief.log("changed", user)
            brief_mails.tell_asked(brief, user, again=True)

    def deliver(self, user, file, kind, note=""):
        """Add a version. ``file``: an open Django File. Returns (BriefVersion, whether it is
        new): the file that was delivered last is not added a second time.

        Raises ValidationError for what is no picture, BriefRefusalError for what does not
        follow; neither leaves a file behind.
        """
        return self.add(self.prepared(user, file, kind, note))

    def prepared(self, user, file, kind, note=""):
        """The first half of ``deliver``: the BriefVersion to ``add``, its file stored."""
        self.refuse_unless(self.may_be_drawn_by(user))
        return BriefVersion.of_file(file, brief=self, kind=kind, note=note, by=user)

    def add(self, version):
        """The second half of ``deliver``, quick enough for a transaction."""
        from workgroups import brief_mails

        kind, user = version.kind, version.by
        try:
            with self.held() as (brief, _record):
                brief.refuse_if_closed()
                brief.refuse_unless_it_follows(kind)
                last = brief.latest_version
                if last and (last.kind, last.file_sha256) == (kind, version.file_sha256):
                    version.file.delete(save=False)
                    return last, False
                version.number = last.number + 1 if last else 1
                version.save()
                brief.state = kind
                brief.save(update_fields=["state"])
                brief.log("delivered", user, kind=str(kind), version=version.number)
                brief_mails.tell_delivered(version)
        except BaseException:
            version.file.delete(save=False)
            raise
        return version, True

    def accept(self, user, version_id, alt_text="", decorative=False):
        """Make the picture out of the final version ``version_id`` and put it in its place
        in the draft. ``alt_text`` says what one sees, unless it is ``decorative``.

        Returns the Illustration. Raises BriefRefusalError; nothing is half done then.
        """
        from workgroups import brief_mails

        alt_text = alt_text.strip()
        if bool(alt_text) == bool(decorative):
            raise BriefRefusalError(
                _("Say what one sees, or tick that the picture only decorates: one of the two.")
            )
        with self.held() as (brief, record):
            brief.refuse_if_closed()
            brief.refuse_unless(brief.may_be_directed_by(user))
            version = brief.latest_version
            if brief.state != BriefState.FINAL:
                raise BriefRefusalError(_("The final picture has not been delivered yet."))
            if version.pk != version_id:
                raise BriefRefusalError(
                    _("A newer version has been delivered meanwhile: look at it first.")
                )
            if not record.can_be_worked_on_by(user):
                raise BriefRefusalError(
                    _(
                        "The topic cannot be changed now (stage: %(stage)s), so the picture "
                        "could not be put in its place. Nothing was accepted."
                    )
                    % {"stage": record.get_stage_display()}
                )
            draft = record.page.specific.get_latest_revision_as_object()
            if brief.place not in dict(draft.picture_places()):
                raise BriefRefusalError(
                    _(
                        "“%(place)s” is no longer in the draft, so the picture could not be put "
                        "there. Choose another place for this brief, then accept it."
                    )
                    % {"place": brief.place_label}
                )
            illustration = brief.make_illustration(version, record, user, alt_text)
            try:
                draft.place_picture(brief.place, illustration, alt_text, decorative)
                brief.close(BriefState.ACCEPTED, user, illustration=illustration)
                draft.save_revision(user=user, log_action=True)
                brief.log(
                    "accepted", user, version=version.number, illustration=illustration.pk,
                    by=str(version.by),
                )  # fmt: skip
                brief_mails.tell_closed(brief, user)
            except BaseException:
                illustration.file.storage.delete(illustration.file.name)
                raise
        return illustration

    def make_illustration(self, version, record, user, alt_text):
        """The Illustration that the final ``version`` becomes, in the group's collection."""
        group = record.workgroup
        credited = self.credit_user or self.credit_name
        with version.file.storage.open(version.file.name, "rb") as stored:
            illustration = Illustration(
                title=str(self)[:LONGEST_TITLE],
                description=alt_text,
                is_decorative=not alt_text,
                file=File(stored, name=PurePath(version.file.name).name),
                collection=group.collection if group else Collection.get_first_root_node(),
                uploaded_by_user=version.by,
                **{name: getattr(self, name) for name in Credited.credit_fields},
            )
            if not credited:
                illustration.credit_user = self.illustrator or version.by
            illustration.full_clean()
            illustration.save()
        log(illustration, "wagtail.create", user=user)
        return illustration

    def give_up(self, user, reason):
        """Close the brief without a picture, with a ``reason`` that is required."""
        from workgroups import brief_mails

        if not reason.strip():
            raise BriefRefusalError(_("Say why, so that the illustrator understands."))
        with self.held() as (brief, record):
            brief.refuse_if_closed()
            brief.refuse_unless(brief.may_be_directed_by(user))
            brief.close(BriefState.GIVEN_UP, user, given_up_reason=reason.strip())
            brief.keep_in_step(record)
            brief.log("given_up", user, reason=brief.given_up_reason)
            brief_mails.tell_closed(brief, user)

    def close(self, state, user, **fields):
        self.state, self.closed_by, self.closed_at = state, user, timezone.now()
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "closed_by", "closed_at", *fields])
