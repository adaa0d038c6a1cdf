"""Help numbers: one list for the whole site, changed by two people.

A change reaches every page at once, so what somebody proposes is kept aside
(`HelpNumberChange`) until somebody else has confirmed it.
"""

from datetime import date
from itertools import chain, count
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from pages.confirmations import ask_to_confirm
from pages.names import NamesInLanguages, as_text

# Whoever holds it proposes changes, and confirms those of others.
CHANGE_NUMBERS = "pages.change_helpnumber"

# No number was checked before: an earlier day is a slip of the finger.
EARLIEST_CHECK = date(2000, 1, 1)

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
    "in_languages",
)

# How often a proposal is tried that another one gets ahead of.
ATTEMPTS = 5


def _shown(name, value):
    return as_text(value) if name == "in_languages" else value


class UnconfirmedChangeError(PermissionDenied):
    """A help number would have changed without a second person."""


def refuse_to_delete():
    """Raise the ValidationError for whoever would delete a confirmed number.

    It stands in the footer of every page, and it carries the trail of its changes.
    """
    raise ValidationError(
        _(
            "A number that parents read is not deleted by one person alone: "
            "propose a change instead."
        ),
        code="confirmed",
    )


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
    in_languages = NamesInLanguages(
        gettext_lazy("in other languages"),
        names=("name", "purpose", "hours"),
        help_text=gettext_lazy("What is left empty is read in French."),
    )

    class Meta:
        abstract = True

    @property
    def site_name(self):
        """The website as one reads it, "3114.fr"; "" where there is none."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    def clean(self):
        super().clean()
        # A day that could not be read has its own message.
        if not self.checked_on:
            return
        if self.checked_on > timezone.localdate():
            message = _("This day is still to come: when did you read the number again?")
        elif self.checked_on < EARLIEST_CHECK:
            message = _("This day is too long ago: when did you read the number again?")
        else:
            return
        raise ValidationError({"checked_on": ValidationError(message, code="checked_on")})


class HelpNumberQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise UnconfirmedChangeError(_("A second person must confirm this change."))

    update = bulk_create = bulk_update = _refuse

    def delete(self):
        """Refuse (ValidationError): see refuse_to_delete."""
        refuse_to_delete()

    delete.alters_data = True
    delete.queryset_only = True


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

    def delete(self, *args, **kwargs):
        """Refuse (ValidationError): see refuse_to_delete."""
        refuse_to_delete()


class HelpNumberChangeQuerySet(models.QuerySet):
    def waiting(self):
        """Proposed, neither confirmed nor refused."""
        return self.filter(confirmed_at=None, refused_at=None)

    def awaiting(self, user):
        """Those that ``user`` may confirm: see HelpNumberChange.can_be_confirmed_by."""
        if not user.has_perm(CHANGE_NUMBERS):
            return self.none()
        return self.waiting().exclude(proposed_by=user)

    def propose(self, user, slug, **values):
        """Propose a new help number or new values for the one called `slug`.

        `values` are fields of HelpNumberDetails; those left out keep what
        parents read now. An older proposal for the same number is refused.
        Raises ValidationError.
        """
        number = HelpNumber.objects.filter(slug=slug).first()
        current = {name: getattr(number, name) for name in SHOWN_FIELDS if number}

        def make_change():
            change = self.model(
                slug=slug, help_number=number, proposed_by=user, **(current | values)
            )
            change.full_clean()
            self.waiting().filter(slug=slug).update(refused_at=timezone.now(), refused_by=user)
            return change

        return self._keep(make_change)

    def propose_new(self, user, **values):
        """Propose a number that parents do not read yet; leaves alone what
        others propose. `values` as for propose(). Raises ValidationError."""

        def make_change():
            slug = self._free_slug(values.get("name", ""))
            change = self.model(slug=slug, proposed_by=user, **values)
            change.full_clean()
            return change

        return self._keep(make_change)

    def _keep(self, make_change, attempts=ATTEMPTS):
        # Only one change may wait under a slug: whoever comes second in a race
        # looks again, and finds what the first one left.
        try:
            with transaction.atomic():
                change = make_change()
                change.save()
                log(change, "pages.help_number.propose", user=change.proposed_by)
                ask_to_confirm(change)
        except IntegrityError:
            if attempts == 1:
                raise
            return self._keep(make_change, attempts - 1)
        return change

    def _free_slug(self, name):
        taken = {
            *HelpNumber.objects.values_list("slug", flat=True),
            *self.waiting().values_list("slug", flat=True),
        }
        base = slugify(name)[:36] or "numero"
        names = chain([base], (f"{base}-{n}" for n in count(2)))
        return next(slug for slug in names if slug not in taken)


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
        return self.is_waiting and user.pk != self.proposed_by_id and user.has_perm(CHANGE_NUMBERS)

    def possible_confirmers(self):
        """The people whose confirmation this change waits for (a QuerySet of users)."""
        people = get_user_model().objects.active().with_permission(CHANGE_NUMBERS)
        return people.exclude(pk=self.proposed_by_id).order_by("pk")

    def differences(self):
        """(label, what parents read now, what is proposed) for each change."""
        return [
            (
                self._meta.get_field(name).verbose_name,
                _shown(name, getattr(self.help_number, name, "")),
                _shown(name, getattr(self, name)),
            )
            for name in SHOWN_FIELDS
            if (getattr(self.help_number, name, "") or "") != (getattr(self, name) or "")
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
        if not change.is_waiting or not user.has_perm(CHANGE_NUMBERS):
            raise PermissionDenied(_("This change no longer waits for an answer."))
        self.refused_by, self.refused_at = user, timezone.now()
        self.save()
        log(self, "pages.help_number.refuse", user=user)

    def _locked(self):
        # The row as it is now, whoever else presses the button meanwhile.
        return type(self).objects.select_for_update().get(pk=self.pk)
