"""Help numbers: one list for the whole site, changed by two people.

A change reaches every page at once, so what somebody proposes is kept aside
(`HelpNumberChange`) until somebody else has confirmed it.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

# What parents read, and what a change proposes.
SHOWN_FIELDS = (
    "number",
    "tel",
    "name",
    "purpose",
    "hours",
    "url",
    "checked_on",
    "sort_order",
)


class UnconfirmedChangeError(PermissionDenied):
    """A help number would have changed without a second person."""


class HelpNumberDetails(models.Model):
    """What there is to know about a help number."""

    number = models.CharField(
        gettext_lazy("number"),
        max_length=30,
        help_text=gettext_lazy("As one reads it: 0 800 00 34 56."),
    )
    tel = models.CharField(
        gettext_lazy("number to dial"),
        max_length=20,
        validators=[RegexValidator(r"^\+?\d{2,15}$", gettext_lazy("Digits only."))],
        help_text=gettext_lazy("Digits only, without spaces: 0800003456."),
    )
    name = models.CharField(gettext_lazy("name of the service"), max_length=80)
    purpose = models.CharField(
        gettext_lazy("what for"),
        max_length=160,
        help_text=gettext_lazy("One short sentence: when should one call?"),
    )
    hours = models.CharField(gettext_lazy("opening hours"), max_length=80, blank=True)
    url = models.URLField(gettext_lazy("website"), blank=True)
    checked_on = models.DateField(
        gettext_lazy("checked on"),
        help_text=gettext_lazy("The day you read it again on the service's own site."),
    )
    sort_order = models.PositiveSmallIntegerField(gettext_lazy("place in the list"), default=50)

    class Meta:
        abstract = True


class HelpNumberQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise UnconfirmedChangeError(_("A second person must confirm this change."))

    update = bulk_create = bulk_update = _refuse


class HelpNumber(HelpNumberDetails):
    """A number that parents may call, as two people confirmed it."""

    slug = models.SlugField(max_length=40, unique=True)

    objects = HelpNumberQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("help number")
        verbose_name_plural = gettext_lazy("help numbers")
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return f"{self.number} · {self.name}"

    def save(self, *args, **kwargs):
        """Refuse what no second person confirmed (UnconfirmedChangeError)."""
        raise UnconfirmedChangeError(_("A second person must confirm this change."))

    def _save_confirmed(self):
        super().save()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Refuse while a topic shows it (ValidationError with the topics)."""
        refuse_to_delete_in_use(self)
        self.changes.all().delete()
        return super().delete(*args, **kwargs)

    @cached_property
    def waiting_change(self):
        """The change that waits for its confirmation, or None."""
        return self.changes.waiting().first()


class HelpNumberChangeQuerySet(models.QuerySet):
    def waiting(self):
        """Proposed, neither confirmed nor refused."""
        return self.filter(confirmed_at=None, refused_at=None)

    def propose(self, user, slug, **values):
        """Propose a new help number or new values for the one called `slug`.

        `values` are fields of HelpNumberDetails; those left out keep what
        parents read now. An older proposal for the same number is refused.
        Raises ValidationError.
        """
        number = HelpNumber.objects.filter(slug=slug).first()
        current = {name: getattr(number, name) for name in SHOWN_FIELDS if number}
        change = self.model(slug=slug, help_number=number, proposed_by=user, **(current | values))
        change.full_clean()
        with transaction.atomic():
            self.waiting().filter(slug=slug).update(refused_at=timezone.now(), refused_by=user)
            change.save()
            log(change, "pages.help_number.propose", user=user)
        return change


class HelpNumberChange(HelpNumberDetails):
    """Values that somebody proposes for a help number, new or old."""

    help_number = models.ForeignKey(
        HelpNumber,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes",
    )
    slug = models.SlugField(gettext_lazy("short name"), max_length=40)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(gettext_lazy("proposed on"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = HelpNumberChangeQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("help number to confirm")
        verbose_name_plural = gettext_lazy("help numbers to confirm")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="pages_help_number_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(confirmed_at=None, refused_at=None),
                name="pages_one_waiting_help_number_change",
            ),
        ]

    def __str__(self):
        return f"{self.number} · {self.name}"

    def validate_constraints(self, exclude=None):
        # propose() puts the older proposal aside first.
        super().validate_constraints(exclude={*(exclude or ()), "slug"})

    @property
    def is_waiting(self):
        return self.confirmed_at is None and self.refused_at is None

    def can_be_confirmed_by(self, user):
        """Somebody else than who proposed it, with the right to change numbers."""
        return (
            self.is_waiting
            and user.pk != self.proposed_by_id
            and user.has_perm("pages.change_helpnumber")
        )

    def differences(self):
        """(label, what parents read now, what is proposed) for each change."""
        return [
            (
                self._meta.get_field(name).verbose_name,
                getattr(self.help_number, name, ""),
                getattr(self, name),
            )
            for name in SHOWN_FIELDS
            if getattr(self.help_number, name, "") != getattr(self, name)
        ]

    @transaction.atomic
    def confirm(self, user):
        """Show the proposed values to parents. Raises PermissionDenied."""
        change = self._locked()
        if not change.can_be_confirmed_by(user):
            raise PermissionDenied(_("Another person must confirm this change."))
        number = change.help_number or HelpNumber(slug=change.slug)
        for name in SHOWN_FIELDS:
            setattr(number, name, getattr(change, name))
        number._save_confirmed()
        self.help_number = number
        self.confirmed_by, self.confirmed_at = user, timezone.now()
        self.save()
        log(number, "pages.help_number.confirm", user=user)
        return number

    @transaction.atomic
    def refuse(self, user):
        """Leave what parents read as it is; the proposer may refuse as well."""
        change = self._locked()
        if not change.is_waiting or not user.has_perm("pages.change_helpnumber"):
            raise PermissionDenied(_("This change no longer waits for an answer."))
        self.refused_by, self.refused_at = user, timezone.now()
        self.save()
        log(self, "pages.help_number.refuse", user=user)

    def _locked(self):
        # The row as it is now, whoever else presses the button meanwhile.
        return type(self).objects.select_for_update().get(pk=self.pk)


def refuse_to_delete_in_use(number):
    """Raise a ValidationError that names the topics that show `number`."""
    from .topic import TopicPage

    topics = TopicPage.objects.showing_help_number(number.slug)
    if topics:
        raise ValidationError(
            _("Parents are sent to this number by: %(topics)s. It cannot be deleted.")
            % {"topics": ", ".join(topic.title for topic in topics)},
            code="in_use",
        )
