"""A professional of the first 1000 days, as the directory knows them."""

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.search import index

from media.models import Illustration
from professionals.opening_hours import cleaned_hours, is_open
from professionals.places import Point, check_point
from professionals.reviewed import AT_ONCE, CHANGEABLE, LISTS
from professionals.siret import cleaned_siret
from professionals.telephones import cleaned_telephone

from .choices import LANGUAGES_SPOKEN, Access, Cost, State
from .communes import Commune
from .consents import Consents
from .entries import ProfessionalQuerySet
from .lists import EligibilityGround, Kind, Priority, Sector

DESCRIPTION_LENGTH = 600
ACCESS = tuple(Access.values)  # which is made anew each time
# Other addresses of the directory than those of entries.
RESERVED_SLUGS = frozenset(
    {*("inscription", "carte", "donnees", "modifier", "confirmer", "suggestions"), "badge"}
    | {"verification"}
)
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Professional(Consents, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """An entry. What of it is public, professionals.public.public_entry() alone says; each step
    from state to state is in professionals.states; contact persons, evidence and notes are in
    models.private."""

    slug = models.SlugField(max_length=80, unique=True, editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=150)
    is_natural_person = models.BooleanField(
        gettext_lazy("a person, not an organisation"),
        default=False,
        help_text=gettext_lazy("Somebody who works in her own name: a childminder, a midwife."),
    )
    legal_person = models.CharField(gettext_lazy("organisation"), max_length=150, blank=True)
    siret = models.CharField(gettext_lazy("SIRET"), max_length=14, blank=True, db_index=True)
    kind = models.ForeignKey(
        Kind, verbose_name=gettext_lazy("kind"), on_delete=models.PROTECT, null=True
    )
    sector = models.CharField(
        gettext_lazy("sector"), max_length=20, choices=Sector.choices, blank=True
    )
    specialities = models.CharField(gettext_lazy("specialities"), max_length=300, blank=True)
    priorities = ParentalManyToManyField(
        Priority, verbose_name=gettext_lazy("priorities"), blank=True
    )
    grounds = ParentalManyToManyField(
        EligibilityGround, verbose_name=gettext_lazy("eligibility grounds"), blank=True
    )
    public_body = models.CharField(
        gettext_lazy("public body"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Which one runs, funds, contracts with or authorises it."),
    )

    # Where

    address = models.CharField(gettext_lazy("number and street"), max_length=200, blank=True)
    address_more = models.CharField(gettext_lazy("address, more"), max_length=200, blank=True)
    postal_code = models.CharField(gettext_lazy("postal code"), max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, verbose_name=gettext_lazy("commune"), on_delete=models.PROTECT, null=True
    )
    latitude = models.FloatField(gettext_lazy("latitude"), null=True, blank=True)
    longitude = models.FloatField(gettext_lazy("longitude"), null=True, blank=True)
    area_served = models.CharField(gettext_lazy("area served"), max_length=200, blank=True)

    # When, how to reach it, for whom

    opening_hours = models.CharField(gettext_lazy("opening hours"), max_length=500, blank=True)
    telephone = models.CharField(gettext_lazy("telephone"), max_length=20, blank=True)
    email = models.EmailField(gettext_lazy("e-mail address"), blank=True, db_index=True)
    email_is_public = models.BooleanField(gettext_lazy("show the e-mail address"), default=False)
    website = models.URLField(gettext_lazy("website"), max_length=300, blank=True)
    languages = models.JSONField(gettext_lazy("languages spoken"), default=list, blank=True)
    cost = models.CharField(
        gettext_lazy("what it costs"), max_length=10, choices=Cost.choices, blank=True
    )
    accessibility = models.JSONField(
        gettext_lazy("accessibility of the place"), default=list, blank=True
    )
    accessibility_words = models.CharField(
        gettext_lazy("accessibility, in words"), max_length=300, blank=True
    )
    ages = models.CharField(gettext_lazy("ages"), max_length=100, blank=True)
    description = models.TextField(
        gettext_lazy("description"), max_length=DESCRIPTION_LENGTH, blank=True
    )
    picture = models.ForeignKey(
        Illustration,
        verbose_name=gettext_lazy("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    picture_text = models.CharField(
        gettext_lazy("what the picture shows"), max_length=250, blank=True
    )
    # In which language mails are written to them.
    mail_language = models.CharField(max_length=10, default="fr", editable=False)

    # What a natural person said yes to, each by itself, and when

    listing_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    details_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    open_data_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Where it comes from

    source = models.CharField(gettext_lazy("source"), max_length=100, blank=True)
    source_id = models.CharField(gettext_lazy("identifier there"), max_length=200, blank=True)
    is_verified = models.BooleanField(default=False, editable=False)

    # Where it stands: written by professionals.states alone

    state = models.CharField(
        max_length=10, choices=State.choices, default=State.STARTED, editable=False, db_index=True
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)
    # Written by professionals.last_changes
    content_changed_at = models.DateTimeField(
        gettext_lazy("last change"), default=timezone.now, editable=False
    )
    open_data_changed_at = models.DateTimeField(null=True, editable=False, db_index=True)
    refusal_reason = models.TextField(blank=True, editable=False)
    confirm_by = models.DateField(null=True, editable=False, db_index=True)
    reminded_days = models.PositiveSmallIntegerField(null=True, editable=False)
    overdue_since = models.DateField(null=True, editable=False)
    # Moderators were asked to confirm it, since there is no address to ask it by.
    moderators_asked_at = models.DateTimeField(null=True, editable=False)
    queued_at = models.DateTimeField(null=True, editable=False, db_index=True)
    change_asked_at = models.DateTimeField(null=True, editable=False)
    needs_look_at = models.DateTimeField(null=True, editable=False, db_index=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    claimed_at = models.DateTimeField(null=True, editable=False)
    purged_at = models.DateTimeField(null=True, editable=False)

    objects = ProfessionalQuerySet.as_manager()

    # For people in the admin; parents search by PublicPoint.
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("legal_person"),
        index.SearchField("specialities"),
        index.SearchField("description"),
        index.RelatedFields("commune", [index.SearchField("name")]),
        index.FilterField("state"),
        index.FilterField("kind"),
        index.FilterField("sector"),
    ]

    class Meta:
        verbose_name = gettext_lazy("professional")
        verbose_name_plural = gettext_lazy("professionals")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="professionals_once_per_source",
            )
        ]

    def __str__(self):
        return self.name or _("without a name")

    # Saving and checking

    def clean(self):
        """Bring SIRET, telephone and hours into the form in which they are kept, and refuse
        what cannot be true (ValidationError by field). What still lacks is no error here: see
        professionals.missing."""
        super().clean()
        errors = {}
        where = self.commune.departement if self.commune_id else ""
        for field, cleaned in (
            ("siret", lambda: cleaned_siret(self.siret)),
            ("telephone", lambda: cleaned_telephone(self.telephone, where)),
            ("opening_hours", lambda: cleaned_hours(self.opening_hours)),
        ):
            try:
                setattr(self, field, cleaned())
            except ValidationError as error:
                errors[field] = error
        try:
            commune = self.commune if self.commune_id else None
            check_point(self.latitude, self.longitude, commune)
        except ValidationError as error:
            errors["latitude"] = error
        if self.postal_code and self.commune_id:
            codes = self.commune.known_codes
            if self.postal_code not in codes:
                errors["postal_code"] = ValidationError(
                    _("%(commune)s has another postal code: %(codes)s.")
                    % {"commune": self.commune, "codes": ", ".join(codes)},
                    code="postal_code",
                )
        self._clean_choices(errors)
        if len(self.description) > DESCRIPTION_LENGTH:
            # Django asks forms alone; files come in by other doors.
            errors["description"] = ValidationError(
                _("At most %(number)d characters.") % {"number": DESCRIPTION_LENGTH},
                code="max_length",
            )
        if self.picture_id and not self.picture_text.strip():
            errors["picture_text"] = ValidationError(
                _("Say what the picture shows, for those who cannot see it."), code="required"
            )
        if errors:
            raise ValidationError(errors)

    def _clean_choices(self, errors):
        for field, choices in (
            ("languages", LANGUAGES_SPOKEN),
            ("accessibility", ACCESS),
        ):
            given = getattr(self, field)
            if not isinstance(given, list) or any(one not in choices for one in given):
                errors[field] = ValidationError(_("Choose from the list."), code="invalid_choice")
            else:
                setattr(self, field, [one for one in choices if one in given])

    def prepare(self):
        """Write down what follows from the rest, as each save does; bulk_create() does not."""
        # Whether it is live follows from its state, whoever asks for what.
        self.live = self.state == State.PUBLISHED
        self.expired = self.state == State.EXPIRED
        if self.is_public:
            # Of a person from a file that is later than its import: when she has said yes.
            self.first_published_at = self.first_published_at or timezone.now()
        if not self.sector and self.kind_id:
            self.sector = self.kind.sector
        if not self.slug:
            self.slug = self.new_slug()
        if self._state.adding and self.is_in_open_data:
            self.open_data_changed_at = timezone.now()

    def save(self, *args, update_fields=None, **kwargs):
        """As Django's; what lists and the map know of it changes in the same transaction."""
        from professionals import last_changes, listing

        self.prepare()
        if update_fields is not None:
            update_fields = {*update_fields, "live", "expired", "slug", "changed_at"}
            update_fields.add("first_published_at")
        with transaction.atomic():
            if update_fields is None or update_fields & last_changes.SAID_BY:
                last_changes.note(self)
                update_fields = update_fields and update_fields | last_changes.WRITTEN
            super().save(*args, update_fields=update_fields, **kwargs)
            if update_fields is None or update_fields & listing.LISTED_BY:
                listing.keep([self.pk])

    def new_slug(self):
        """A slug of its name and commune that no other one has; a registration without a name
        gets letters at random. Once it was sent for review it keeps its slug."""
        words = slugify(f"{self.name} {self.commune.name if self.commune_id else ''}")
        words = words[:66].strip("-")
        others = type(self).objects.exclude(pk=self.pk)
        named = bool(self.name.strip())
        free = named and words not in RESERVED_SLUGS and not others.filter(slug=words).exists()
        if free and words and self.state != State.STARTED:
            return words
        return f"{words or 'professionnel'}-{get_random_string(6, SLUG_LETTERS)}"

    # Asked of it

    @property
    def is_in_open_data(self):
        agreed = not self.is_natural_person or self.open_data_agreed_at is not None
        return self.is_public and agreed

    @property
    def point(self):
        """Its own Point, or None; never for the public (see public_point_of)."""
        return None if self.latitude is None else Point(self.latitude, self.longitude)

    @property
    def awaits_confirmation(self):
        """Whether it was asked if it is still right, and has not answered: one press would do."""
        was_asked = self.reminded_days is not None or self.is_overdue
        return self.state == State.EXPIRED or (self.state == State.PUBLISHED and was_asked)

    def is_open(self, at=None):
        """Whether it is open *at* an aware datetime, now without one; None: not known."""
        code = self.commune.departement if self.commune_id else ""
        return is_open(self.opening_hours, code, at)

    def get_absolute_url(self):
        """Its page in the directory, in the language being read; "" while there is none."""
        try:
            return reverse("professional", args=[self.slug])
        except NoReverseMatch:
            return ""

    def waiting_change(self):
        """The version that waits for a moderator, as an unsaved Professional, or None."""
        if self.change_asked_at is None or self.latest_revision_id is None:
            return None
        version = self.latest_revision.as_object()
        # What was changed at once since then stands on the entry alone.
        for name in AT_ONCE:
            if name not in LISTS:
                setattr(version, name, getattr(self, name))
        version.priorities.set(self.priorities.all())
        return version

    def with_content_json(self, content):
        """As Wagtail's: where the entry stands is no matter of a revision, nor is a picture that
        is gone."""
        if not Illustration.objects.filter(pk=content.get("picture")).exists():
            content = {**content, "picture": None}
        version = super().with_content_json(content)
        for field in self._meta.concrete_fields:
            if field.name not in CHANGEABLE:
                setattr(version, field.attname, getattr(self, field.attname))
        return version

    @classmethod
    def field_label(cls, name):
        """The name of a field as people read it."""
        try:
            return str(cls._meta.get_field(name).verbose_name)
        except FieldDoesNotExist:
            return name
