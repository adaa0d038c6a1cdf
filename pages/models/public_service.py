"""Public services that topics lead to: one list for the whole site.

As with help numbers, a change reaches every page at once: who proposes a name or an
address is not who confirms it. Somebody answers for each, and every night its
address is asked whether it is still there (pages/destinations.py).
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from workgroups.models import Workgroup
from workgroups.models.records import oversees
from workgroups.remembered import remembered

from .help_number import UnconfirmedChangeError

# Whoever holds it proposes changes, and confirms those of others.
CHANGE_SERVICES = "pages.change_publicservice"
# What parents read: written by confirm() alone.
SHOWN_FIELDS = ("name", "url")
# What waits for a second person.
PROPOSAL_FIELDS = ("proposed_name", "proposed_url", "proposed_by", "proposed_at")


class ChangedSinceError(PermissionDenied):
    """Somebody decides about a proposal that another one has replaced."""


class PublicServiceQuerySet(models.QuerySet):
    def confirmed(self):
        """Those that two people have put on the list."""
        return self.exclude(url="")

    def waiting(self):
        """Those of which a name or an address waits for a second person."""
        return self.filter(proposed_by__isnull=False)

    def awaiting(self, user):
        """Those whose change ``user`` may confirm."""
        if not user.has_perm(CHANGE_SERVICES):
            return self.none()
        return self.waiting().exclude(proposed_by=user)

    def dead(self):
        """Those whose address did not answer as it should when it was asked last."""
        return self.confirmed().filter(state=PublicService.State.DEAD)

    def answered_for_by(self, user):
        """Those that ``user`` keeps alive: her own, her groups', and for those who
        oversee the site, what nobody else can act on."""
        own = Q(owner=user) | Q(workgroup__in=Workgroup.objects.of(user))
        if oversees(user):
            own |= Q(owner__is_active=False) | Q(workgroup__active=False)
        return self.filter(own).distinct()

    def update(self, **values):
        """As Django's, but refuses what parents read (UnconfirmedChangeError)."""
        if values.keys() & {*SHOWN_FIELDS, "slug"}:
            raise UnconfirmedChangeError(_("A second person must confirm this change."))
        return super().update(**values)

    update.alters_data = True

    def delete(self):
        """Refuse while a topic leads to one of them (ValidationError)."""
        for service in self:
            service.refuse_while_in_use()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class PublicService(models.Model):
    """A public service, as two people confirmed it."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", gettext_lazy("not asked yet")
        ALIVE = "alive", gettext_lazy("answers")
        MOVED = "moved", gettext_lazy("has moved")
        UNSURE = "unsure", gettext_lazy("does not answer machines: look yourself")
        DEAD = "dead", gettext_lazy("does not answer any more")

    slug = models.SlugField(max_length=40, unique=True, editable=False)
    name = models.CharField(gettext_lazy("name of the service"), max_length=80)
    url = models.URLField(
        gettext_lazy("address"),
        help_text=gettext_lazy("Copy it from the top of your browser: https://…"),
    )
    purpose = models.CharField(
        gettext_lazy("what for"),
        max_length=160,
        help_text=gettext_lazy("For those who write: what do parents find there?"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("who answers for it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True},
        help_text=gettext_lazy("They are told when its address does not answer any more."),
    )
    workgroup = models.ForeignKey(
        Workgroup,
        verbose_name=gettext_lazy("or which group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"active": True},
    )
    proposed_name = models.CharField(max_length=80, blank=True, editable=False)
    proposed_url = models.URLField(blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    proposed_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(
        gettext_lazy("last state"),
        max_length=10,
        choices=State.choices,
        default=State.UNKNOWN,
        editable=False,
    )
    state_since = models.DateTimeField(gettext_lazy("since"), null=True, editable=False)
    # What the address answered, in words that need no translation: "404", another address.
    answer = models.CharField(max_length=255, blank=True, editable=False)
    checked_at = models.DateTimeField(gettext_lazy("last check"), null=True, editable=False)

    objects = PublicServiceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("public service")
        verbose_name_plural = gettext_lazy("public services")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) ^ Q(workgroup=None),
                name="pages_public_service_answered_for",
            )
        ]

    def __str__(self):
        return self.name or self.proposed_name

    def save(self, *args, **kwargs):
        """As Django's, but refuses what no second person confirmed
        (UnconfirmedChangeError); a new one waits for its confirmation."""
        shown = (*SHOWN_FIELDS, "slug")
        stored = type(self).objects.filter(pk=self.pk).values(*shown).first() if self.pk else None
        if stored is None:
            stored = {"name": "", "url": "", "slug": self.slug}
        if any(getattr(self, name) != stored[name] for name in shown):
            raise UnconfirmedChangeError(_("A second person must confirm this change."))
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if bool(self.owner_id) == bool(self.workgroup_id):
            raise ValidationError(
                {"owner": _("Choose a person or a group, one of the two.")}, code="owner"
            )

    @property
    def site_name(self):
        """The website as one reads it, "caf.fr"."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def is_dead(self):
        return self.state == self.State.DEAD

    @property
    def is_confirmed(self):
        """Whether parents can be led to it."""
        return bool(self.url)

    @property
    def label(self):
        """How it stands in a list to choose from."""
        if not self.is_confirmed:
            return _("%(service)s (waits for a second person)") % {"service": self}
        if self.is_dead:
            return _("%(service)s (does not answer any more)") % {"service": self}
        return str(self)

    @property
    def who_answers(self):
        return self.owner or self.workgroup

    def delete(self, *args, **kwargs):
        """Refuse while a topic leads to it (ValidationError with the topics)."""
        self.refuse_while_in_use()
        return super().delete(*args, **kwargs)

    def refuse_while_in_use(self):
        from pages.destinations import topics_by_service

        if topics := topics_by_service().get(self.slug):
            raise ValidationError(
                _("“%(service)s” stays on the list: it stands in %(topics)s.")
                % {"service": self, "topics": ", ".join(t.draft_title for t in topics[:10])}
            )

    # Two people

    @property
    def is_waiting(self):
        return self.proposed_by_id is not None

    def can_be_confirmed_by(self, user):
        """Somebody else than who proposed it, with the right to change services."""
        return self.is_waiting and user.pk != self.proposed_by_id and user.has_perm(CHANGE_SERVICES)

    @transaction.atomic
    def propose(self, user, name, url):
        """Keep a name and an address aside for a second person; an older proposal is
        replaced."""
        is_new = self.pk is None
        if is_new:
            self.name = self.url = ""
            self.slug = self._free_slug(name)
        self.proposed_name, self.proposed_url = name, url
        self.proposed_by, self.proposed_at = user, timezone.now()
        self.save(update_fields=None if is_new else PROPOSAL_FIELDS)
        log(self, "pages.public_service.propose", user=user, data={"name": name, "url": url})

    @transaction.atomic
    def confirm(self, user, seen=None):
        """Show the proposed name and address to parents. `seen`: the `proposal` that
        this person looked at. Raises PermissionDenied."""
        service = self._waiting(seen)
        if not service.can_be_confirmed_by(user):
            raise PermissionDenied(_("Another person must confirm this change."))
        if service.url != service.proposed_url:
            service.state, service.state_since = self.State.UNKNOWN, None
            service.answer, service.checked_at = "", None
        service.name, service.url = service.proposed_name, service.proposed_url
        service._drop_proposal(confirmed=True)
        log(service, "pages.public_service.confirm", user=user)

    @transaction.atomic
    def refuse(self, user, seen=None):
        """Leave what parents read as it is; one that was never confirmed goes. `seen` as
        for confirm()."""
        service = self._waiting(seen)
        if not service.is_waiting or not user.has_perm(CHANGE_SERVICES):
            raise PermissionDenied(_("This change no longer waits for an answer."))
        log(service, "pages.public_service.refuse", user=user)
        if service.url:
            service._drop_proposal()
        else:
            models.Model.delete(service)

    @property
    def proposal(self):
        """What stands for this proposal, and for no later one."""
        return self.proposed_at.isoformat() if self.is_waiting else ""

    def _waiting(self, seen):
        """The row as it is now, whoever else decides meanwhile; ChangedSinceError where it
        proposes something else than what was looked at."""
        service = type(self).objects.select_for_update().get(pk=self.pk)
        if seen is not None and service.is_waiting and service.proposal != seen:
            raise ChangedSinceError(
                _("Something else is proposed since you opened this page: look at it first.")
            )
        return service

    def _drop_proposal(self, confirmed=False):
        self.proposed_name = self.proposed_url = ""
        self.proposed_by = self.proposed_at = None
        if confirmed:
            super().save()
        else:
            self.save(update_fields=PROPOSAL_FIELDS)

    def _free_slug(self, name):
        from pages.destinations import topics_by_service

        # Nor one to which topics lead though its service was refused: they would lead to
        # another one, under their signatures.
        used = topics_by_service()
        base, number = slugify(name)[:36] or "service", 1
        slug = base
        while slug in used or type(self).objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug


def all_services():
    """Every PublicService, as a list that one page of the admin reads once."""
    return remembered("public services", lambda: list(PublicService.objects.all()))


def services_to_choose():
    """The confirmed PublicServices, and those that wait though a topic leads to them: what
    was chosen stays there to be read."""

    def ask():
        from pages.destinations import topics_by_service

        services = all_services()
        used = () if all(s.is_confirmed for s in services) else topics_by_service()
        return [s for s in services if s.is_confirmed or s.slug in used]

    return remembered("public services to choose", ask)
