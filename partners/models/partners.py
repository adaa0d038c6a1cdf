"""Institutions that show the site's topics in their own pages, and the origins from which each
may."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from pages.models.theme import Wash
from partners.origins import PORTS, Origin, parse
from professionals.departements import departements

# How long the contact of a partner that was closed is kept.
CONTACT_KEPT = timedelta(days=365)
# A key as it is made; what is none is not looked for.
KEY = re.compile(r"[A-Za-z0-9_-]{16,43}", re.ASCII)


def new_key():
    """22 characters for an address, 128 random bits. It opens nothing and is no secret: it
    stands in the pages of its partner. It cannot be guessed, so that nobody counts for another."""
    return secrets.token_urlsafe(16)


def departement_choices():
    """[(code, "69 · Rhône")]."""
    return [(code, f"{code} · {found.name}") for code, found in departements().items()]


def language_choices():
    return settings.LANGUAGES


class PartnerQuerySet(models.QuerySet):
    def active(self):
        """Those whose pages may show topics now."""
        return self.filter(active=True)

    def with_contacts_to_purge(self, now=None):
        """Those that were closed long ago and whose contact still stands here."""
        now = now or timezone.now()
        closed = self.filter(active=False, closed_at__lt=now - CONTACT_KEPT)
        return closed.exclude(contact_name="", contact_email="")

    def of_key(self, key):
        """The active partner of *key*, with its origins at hand, or None; one query, none for
        what is no key."""
        if not KEY.fullmatch(key):
            return None
        names = ("scheme", "host", "port", "subdomains")
        parts = {f"origin_{name}": F(f"origins__{name}") for name in names}
        rows = list(self.active().filter(key=key).annotate(**parts))
        if not rows:
            return None
        partner = rows[0]
        origins = [[getattr(row, f"origin_{name}") for name in names] for row in rows]
        partner.known_origins = sorted(Origin(*parts) for parts in origins if parts[0])
        return partner


class Partner(models.Model):
    """An institution that embeds topics. What it wants of each embed stands here, and its key
    stands for it in an address."""

    class Kind(models.TextChoices):
        CAF = "caf", gettext_lazy("Family benefit office (Caf)")
        CPAM = "cpam", gettext_lazy("Health insurance (CPAM)")
        MATERNITY = "maternite", gettext_lazy("Maternity ward or hospital")
        DEPARTEMENT = "departement", gettext_lazy("Département, mother and child health (PMI)")
        TOWN_HALL = "commune", gettext_lazy("Town hall or group of communes")
        NURSERY = "accueil", gettext_lazy("Nursery or place for families")
        ASSOCIATION = "association", gettext_lazy("Association")
        OTHER = "autre", gettext_lazy("Other")

    name = models.CharField(gettext_lazy("name"), max_length=120, unique=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind.choices)
    departement = models.CharField(
        gettext_lazy("département"),
        max_length=3,
        choices=departement_choices,
        blank=True,
        help_text=gettext_lazy("Empty: it works for the whole country."),
    )
    contact_name = models.CharField(gettext_lazy("contact"), max_length=120, blank=True)
    # Empty once it was purged; as long as it is active, its form asks for one.
    contact_email = models.EmailField(gettext_lazy("contact’s e-mail"), blank=True)
    logo = models.ForeignKey(
        "media.Illustration",
        verbose_name=gettext_lazy("logo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    active = models.BooleanField(
        gettext_lazy("active"),
        default=True,
        help_text=gettext_lazy(
            "Untick it, and its pages show no topic any more, from now on. A year later its "
            "contact is deleted."
        ),
    )
    closed_at = models.DateTimeField(gettext_lazy("closed since"), null=True, editable=False)
    # What it wants of each embed: see partners/options.py.
    language = models.CharField(
        gettext_lazy("language"),
        max_length=10,
        choices=language_choices,
        blank=True,
        help_text=gettext_lazy("Empty: the language of each reader’s browser."),
    )
    wash = models.CharField(
        gettext_lazy("colour"),
        max_length=10,
        choices=Wash.choices,
        blank=True,
        help_text=gettext_lazy("Empty: the colour of each topic’s theme."),
    )
    pictures = models.BooleanField(
        gettext_lazy("with pictures"),
        default=True,
        help_text=gettext_lazy("Without them, what they show is said in words."),
    )
    key = models.CharField(
        gettext_lazy("key"), max_length=43, unique=True, default=new_key, editable=False
    )
    key_since = models.DateTimeField(
        gettext_lazy("key since"), default=timezone.now, editable=False
    )
    created_at = models.DateTimeField(gettext_lazy("since"), auto_now_add=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("partner")
        verbose_name_plural = gettext_lazy("partners")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.active:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()
        super().save(*args, **kwargs)

    @property
    def allowed_origins(self):
        """Its Origins, sorted; no query where it was found by its key."""
        known = getattr(self, "known_origins", None)
        return sorted(row.origin for row in self.origins.all()) if known is None else known

    @transaction.atomic
    def set_origins(self, origins, user=None):
        """Let exactly these Origins show its topics. Returns (added, taken away), lists."""
        type(self).objects.select_for_update().get(pk=self.pk)
        rows = {row.origin: row for row in PartnerOrigin.objects.filter(partner=self)}
        added = sorted(set(origins) - rows.keys())
        gone = sorted(rows.keys() - set(origins))
        PartnerOrigin.objects.filter(pk__in=[rows[origin].pk for origin in gone]).delete()
        PartnerOrigin.objects.bulk_create(PartnerOrigin.of(self, origin) for origin in added)
        self.__dict__.pop("known_origins", None)
        self.__dict__.pop("_prefetched_objects_cache", None)
        if added or gone:
            data = {"added": [one.source for one in added], "removed": [one.source for one in gone]}
            log(self, "partners.origins", user=user, data=data)
        return added, gone

    @transaction.atomic
    def renew_key(self, user=None, seen=None):
        """Give it another key; the old one stops at once. *seen*: the key that was looked at.
        Returns False, and changes nothing, where it is another one by now."""
        partner = type(self).objects.select_for_update().get(pk=self.pk)
        renews = seen is None or seen == partner.key
        if renews:
            partner.key, partner.key_since = new_key(), timezone.now()
            partner.save(update_fields=["key", "key_since"])
            log(partner, "partners.renew_key", user=user)
        self.key, self.key_since = partner.key, partner.key_since
        return renews


class PartnerOriginQuerySet(models.QuerySet):
    def active(self):
        """Those of active partners."""
        return self.filter(partner__active=True)

    def around(self, page):
        """All those of the partners that may show topics in a page, an Origin."""
        above = page.host.partition(".")[2]
        named = Q(host=page.host, subdomains=False) | Q(host=above, subdomains=True)
        may = self.filter(named, scheme=page.scheme, port=page.port)
        return self.filter(partner__in=may.values("partner"))

    def allowed(self, most):
        """Their Origins, each once, sorted, *most* of them at most; one query."""
        rows = self.order_by().values_list(*PartnerOrigin.PARTS).distinct()
        return sorted(Origin(*row) for row in rows[:most])


class PartnerOrigin(models.Model):
    """Where a partner shows topics: see partners.origins.Origin."""

    PARTS = ("scheme", "host", "port", "subdomains")

    partner = models.ForeignKey(
        Partner,
        verbose_name=gettext_lazy("partner"),
        on_delete=models.CASCADE,
        related_name="origins",
    )
    scheme = models.CharField(gettext_lazy("scheme"), max_length=5, choices=[(s, s) for s in PORTS])
    host = models.CharField(gettext_lazy("host"), max_length=253)
    port = models.PositiveIntegerField(gettext_lazy("port"))
    subdomains = models.BooleanField(gettext_lazy("what stands below it"), default=False)

    objects = PartnerOriginQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("origin of a partner")
        verbose_name_plural = gettext_lazy("origins of partners")
        ordering = ["partner", "host", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "scheme", "host", "port", "subdomains"],
                name="partners_origin_once",
                violation_error_message=gettext_lazy("This partner has this origin already."),
            )
        ]

    def __str__(self):
        return str(self.origin)

    @classmethod
    def of(cls, partner, origin):
        """An unsaved row."""
        return cls(partner=partner, **{name: getattr(origin, name) for name in cls.PARTS})

    @property
    def origin(self):
        return Origin(*(getattr(self, name) for name in self.PARTS))

    def clean(self):
        """What is no Origin that parse() would give is none."""
        super().clean()
        if self.scheme in PORTS and parse(self.origin.source) != self.origin:
            raise ValidationError({"host": _("Write one address, like https://www.example.fr.")})
