"""Where each editorial page stands, in one row that anybody may read without
knowing what kind of page it is."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from accounts.roles import Role
from workgroups.remembered import remembered
from workgroups.working_days import working_days_after

from .groups import Membership, Workgroup
from .readiness import ReadinessProblem
from .stages import IN_ROUND, IN_WORK, BoardColumn, Stage
from .translating import TranslationRecord, nobody_translates, translated_by


def _members(**conditions):
    """Whether the record's group has a member who can act, as an expression."""
    return Exists(
        Membership.objects.can_act().filter(workgroup=OuterRef("workgroup"), **conditions)
    )


def _signatories():
    """How many people have signed the latest draft or can still do so."""
    able = Q(is_active=True, asked_to_sign=OuterRef("pk"))
    signed = Q(
        sign_offs__page=OuterRef("page"),
        sign_offs__revision=OuterRef("page__latest_revision"),
    )
    people = get_user_model().objects.filter(able | signed).order_by()
    number = people.annotate(all=Value(1)).values("all").annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(number.values("n")), 0)


def _days_since(day):
    """Whole days since the date ``day``; 0 before it, and where there is none."""
    return max(0, (timezone.localdate() - day).days) if day else 0


class EditorialRecordQuerySet(models.QuerySet):
    def hold(self, page_id):
        """The page's record as it is now, held until the transaction ends; None
        before its first save.

        Whatever changes a page takes its record first: of an autosave and a
        hand-over at the same moment, one comes wholly after the other.
        """
        return self.select_for_update().filter(page_id=page_id).first()

    def of_members_group(self, user):
        """Records of the active groups to which ``user`` belongs."""
        return self.filter(_members(user=user))

    def awaiting_illustrator(self):
        """At the illustration stage, in a group without an illustrator."""
        return self.filter(stage=Stage.ILLUSTRATION, workgroup__active=True).exclude(
            _members(role=Membership.Role.ILLUSTRATOR)
        )

    def editable_by(self, user):
        """Records whose page a user who is no coordinator may see and edit."""
        reachable = Q(_members(user=user)) | translated_by(user)
        if user.has_role(Role.ILLUSTRATOR):
            reachable |= Q(pk__in=self.model.objects.awaiting_illustrator().values("pk"))
        return self.filter(reachable)

    def closed_to(self, user):
        """Records whose page ``user`` may not even know of: not online, and
        not of her own groups."""
        if oversees(user):
            return self.none()
        own = self.model.objects.editable_by(user)
        return self.filter(page__live=False).exclude(pk__in=own.values("pk"))

    @transaction.atomic
    def reassign(self, page, workgroup, user):
        """Give ``page`` to another group; ``user`` oversees all groups."""
        record = self.hold(page.pk)
        if record.workgroup_id == workgroup.pk:
            return
        log(
            instance=page,
            action="editorial.reassign",
            user=user,
            data={"from": str(record.workgroup or ""), "to": str(workgroup)},
        )
        record.workgroup = workgroup
        record.save(update_fields=["workgroup"])

    def drop_expiry_dates(self):
        """Take the expiry date from every page that is live with signatures or
        has such a page below it: only a withdrawal takes it off."""
        live = self.filter(page__live=True)
        for page in Page.objects.exclude(expire_at=None):
            if live.filter(page__path__startswith=page.path).exists():
                Page.objects.filter(pk=page.pk).update(expire_at=None)

    def late(self, on=None):
        """Not handed on by their due date, on the date ``on`` (today)."""
        return self.filter(due_on__lt=on or timezone.localdate())

    def overdue(self, on=None):
        """Late on the date ``on`` (today), or published and not read again by its day."""
        day = on or timezone.localdate()
        return self.filter(Q(due_on__lt=day) | Q(stage=Stage.PUBLISHED, review_due_on__lt=day))

    def with_column(self, on=None):
        """Add ``column``, where the board shows the record on the date ``on``
        (today): a BoardColumn."""
        due = Q(stage=Stage.PUBLISHED, review_due_on__lte=on or timezone.localdate())
        return self.annotate(
            column=Case(
                When(due | Q(stage=Stage.WITHDRAWN), then=Value(BoardColumn.REVIEW_DUE)),
                When(stage=Stage.SCHEDULED, then=Value(BoardColumn.SIGN_OFF)),
                default=F("stage"),
            )
        )

    def stuck(self):
        """Nobody but a coordinator can take these on."""
        nobody_writes = ~_members(role=Membership.Role.AUTHOR)
        nobody_draws = ~_members(role=Membership.Role.ILLUSTRATOR)
        if get_user_model().objects.active().with_role(Role.ILLUSTRATOR).exists():
            # Somebody from elsewhere draws for a group that is still there.
            nobody_draws &= Q(workgroup=None) | Q(workgroup__active=False)
        return self.annotate(signatories=_signatories()).filter(
            Q(nobody_writes, stage=Stage.DRAFT, source=None)
            | Q(nobody_translates(), stage=Stage.DRAFT)
            | Q(nobody_draws, stage=Stage.ILLUSTRATION)
            | Q(stage=Stage.SIGN_OFF, signatories__lt=F("required_signatures"))
        )

    def review_due(self, on=None):
        """Published, and to be read again on the date ``on`` (today) or before."""
        return self.filter(stage=Stage.PUBLISHED, review_due_on__lte=on or timezone.localdate())

    def due_for_publication(self, now=None):
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=now or timezone.now()).order_by(
            "publish_at", "pk"
        )

    def awaiting(self, user):
        """What waits for ``user`` now, the earliest due date first."""
        writes = Q(_members(user=user, role=Membership.Role.AUTHOR), source=None)
        writes |= translated_by(user)
        waits = Q(writes, stage=Stage.DRAFT)
        waits |= Q(stage=Stage.ILLUSTRATION) & Q(
            _members(user=user, role=Membership.Role.ILLUSTRATOR)
        )
        waits |= Q(writes, pk__in=self.model.objects.review_due().values("pk"))
        if user.has_role(Role.ILLUSTRATOR):
            waits |= Q(pk__in=self.model.objects.awaiting_illustrator().values("pk"))
        if oversees(user):
            waits |= Q(pk__in=self.model.objects.stuck().values("pk"))
        signed = user.sign_offs.filter(
            page=OuterRef("page"), revision=OuterRef("page__latest_revision")
        )
        waits |= Q(stage=Stage.SIGN_OFF, asked=user) & ~Exists(signed)
        return (
            self.filter(pk__in=self.model.objects.filter(waits).values("pk"))
            .select_related("page", "workgroup", "locale")
            .order_by(F("due_on").asc(nulls_last=True), "since", "pk")
        )


class EditorialRecord(TranslationRecord):
    """One row per editorial page (each language is a page of its own), kept by
    the workflow in the same transaction as the step itself.

    The workgroup stands here and not on the page, so that no revision can
    carry a draft into another group.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="editorial_record")
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    workgroup = models.ForeignKey(
        Workgroup,
        verbose_name=_("workgroup"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.DRAFT)
    since = models.DateTimeField(_("since"), default=timezone.now)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True)
    required_signatures = models.PositiveSmallIntegerField(_("signatures needed"), default=1)
    asked = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked to sign"),
        related_name="asked_to_sign",
        blank=True,
    )
    # What the latest version lacks at its stage (see workgroups.missing).
    missing = models.JSONField(default=list, editable=False)
    # True only inside the transaction that publishes: the database refuses any
    # other change of a live page's text (see workgroups.triggers).
    publishing = models.BooleanField(default=False, editable=False)
    # Whether the coordinators know that nobody else can take the page on.
    coordinators_told = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EditorialRecordQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("editorial record")
        verbose_name_plural = _("editorial records")
        indexes = [models.Index(fields=["stage", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(required_signatures__gte=1), name="one_signature_at_least"
            )
        ]

    def __str__(self):
        return f"{self.page} · {self.get_stage_display()}"

    @property
    def days_late(self):
        """Whole days since the stage should have been done; 0 while it is not
        late. EditorialRecord.objects.late() asks the same of many."""
        return _days_since(self.due_on)

    @property
    def days_overdue(self):
        """The same, and for what is published since it should have been read again.
        EditorialRecord.objects.overdue() asks the same of many."""
        review = self.review_due_on if self.stage == Stage.PUBLISHED else None
        return self.days_late or _days_since(review)

    @property
    def is_late(self):
        return self.days_late > 0

    @property
    def in_round(self):
        return self.stage in IN_ROUND

    @property
    def can_be_revised(self):
        """Whether a new round may be opened: it is published or withdrawn."""
        return not self.in_round and self.stage != Stage.SCHEDULED

    def is_to_be_published(self):
        """Whether all signatures are there and the day has come."""
        return self.stage == Stage.SCHEDULED and self.publish_at <= timezone.now()

    def enter(self, stage):
        """Move to ``stage`` from now on, with the due date that goes with it."""
        self.stage = stage
        self.since = timezone.now()
        days = (self.workgroup or Workgroup()).working_days_for(stage)
        self.due_on = working_days_after(timezone.localdate(), days) if days else None
        self.publish_at = None
        self.missing = []
        self.save(update_fields=["stage", "since", "due_on", "publish_at", "missing"])

    @transaction.atomic
    def move_due_date(self, day, user, reason):
        """Let the present stage be due on the date ``day`` instead."""
        record = EditorialRecord.objects.hold(self.page_id)
        log(
            instance=record.page.specific,
            action="editorial.due",
            user=user,
            data={
                "from": record.due_on.isoformat() if record.due_on else None,
                "to": day.isoformat(),
                "reason": reason,
            },
        )
        record.due_on = day
        record.save(update_fields=["due_on"])

    def keep_missing(self, version):
        """Keep what ``version``, the latest of the page, lacks at this stage."""
        problems = version.problems_at(self.stage) if self.stage in IN_WORK else []
        self.missing = [problem.stored() for problem in problems]
        self.save(update_fields=["missing"])

    @property
    def problems(self):
        """What is still missing, as a list of ReadinessProblem."""
        return [ReadinessProblem.read(stored) for stored in self.missing]

    @cached_property
    def able_members(self):
        """The group's memberships whose people can act, read once; lists of many
        records set it beforehand (see workgroups.board)."""
        return list(
            Membership.objects.can_act()
            .filter(workgroup=self.workgroup_id)
            .select_related("user")
            .order_by("user")
        )

    def _members(self, role):
        return [member.user for member in self.able_members if member.role == role]

    def has_member(self, user):
        """Whether ``user`` belongs to the group and can act in it."""
        return any(member.user == user for member in self.able_members)

    def is_answered_for_by(self, user):
        """Whether ``user`` decides when it is due and when it is revised: the
        members of its group, who translates it, and those who oversee all groups."""
        return oversees(user) or self.has_member(user) or self.is_translated_by(user)

    def can_be_sent_back_by(self, user):
        """Whether ``user`` may give it back to those who write it, from its illustration."""
        return self.stage == Stage.ILLUSTRATION and self.can_be_worked_on_by(user)

    def is_written_by(self, user):
        """Whether ``user`` is an author of the group who can act."""
        return user in self._members(Membership.Role.AUTHOR)

    def drawn_by(self):
        """The users who draw for the group, as a list: its illustrators or, where it has
        none, all there are."""
        if self.workgroup is None or not self.workgroup.active:
            return []
        return self._members(Membership.Role.ILLUSTRATOR) or all_illustrators()

    def holders(self):
        """The users who can act at the present stage, coordinators aside, as a list."""
        if self.stage == Stage.SIGN_OFF:
            return [user for user in self.asked.all() if user.is_active]
        if self.is_translation:
            return self.all_translators()
        if self.workgroup is None or not self.workgroup.active:
            return []
        if self.stage != Stage.ILLUSTRATION:
            return self._members(Membership.Role.AUTHOR)
        return self.drawn_by()

    def can_be_worked_on_by(self, user):
        """Whether ``user`` may change the text or pictures at this stage.

        The group's authors write and may still correct at the illustration
        stage; translators translate; coordinators may always help; nobody
        changes a topic that is with its signatory, nor one that is signed.
        """
        if not user.is_active or self.stage not in IN_WORK:
            return False
        if oversees(user):
            return True
        if self.is_translation:
            return self.is_translated_by(user)
        if self.stage == Stage.ILLUSTRATION and user in self.holders():
            return True
        return self.is_written_by(user)


def all_illustrators():
    """Who draws for a group that has no illustrator."""
    illustrators = get_user_model().objects.active().with_role(Role.ILLUSTRATOR).order_by("pk")
    return remembered("all illustrators", lambda: list(illustrators))


def oversees(user):
    """Whether ``user`` sees every group's topics: coordinators, administrators
    and superusers."""
    return user.is_active and (
        user.is_superuser or user.has_role(Role.COORDINATOR) or user.has_role(Role.ADMINISTRATOR)
    )
