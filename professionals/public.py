"""What of an entry is public: the one way by which templates, files, feeds and the map read it.

A natural person's telephone and exact address stand here only with her consent; contact
persons, evidence, notes, SIRET of a person and addresses that are not to be shown never do.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

from . import hours_in_words, opening_hours
from .models.choices import Access, Cost, language_label
from .models.consents import Consents
from .models.lists import Kind, Sector
from .places import Point
from .telephones import shown_telephone
from .words import short_name, town_of

_A_SLUG = "one-of-them"  # in whose place that of each is put


def public_point_of(entry):
    """The Point at which everybody may see an entry: its own, or its commune's where it has
    none or the person did not say yes to more. None without a commune."""
    if entry.shows_details and entry.point is not None:
        return entry.point
    return entry.commune.point if entry.commune_id else None


@dataclass(frozen=True)
class PublicEntry:
    """A public entry. Texts are as they were written; what has a label is in the language being
    read when it was made. *pk* is its number. "" and empty tuples: nothing is known."""

    pk: int
    slug: str
    name: str
    is_natural_person: bool
    legal_person: str
    siret: str
    kind: str
    kind_slug: str
    sector: str
    sector_label: str
    specialities: str
    priorities: tuple = ()  # (number, slug, label)
    grounds: tuple = ()  # (slug, label)
    public_body: str = ""
    # Where
    address: tuple = ()  # lines above postal code and commune; () without consent
    postal_code: str = ""
    commune: str = ""
    commune_code: str = ""
    departement: str = ""  # its code
    departement_name: str = ""
    point: Point | None = None
    point_is_exact: bool = False  # else it is the commune's
    area_served: str = ""
    # When and how
    opening_hours: str = ""  # OpenStreetMap's syntax
    telephone: str = ""  # E.164
    telephone_shown: str = ""
    email: str = ""
    website: str = ""
    languages: tuple = ()  # (code, label)
    cost: str = ""
    cost_label: str = ""
    accessibility: tuple = ()  # (value, label)
    accessibility_words: str = ""
    ages: str = ""
    description: str = ""
    picture: object = field(default=None, repr=False)  # media.Illustration or None
    picture_text: str = ""
    # What was checked, and what was not
    is_verified: bool = False
    is_overdue: bool = False
    source: str = ""
    source_id: str = ""
    confirm_by: date | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    is_in_open_data: bool = False
    address_url: str = ""  # of its page, in the language being read
    distance: float | None = None  # km, where it was asked for

    def hours_in_words(self):
        """A week as [(days, hours)]: see hours_in_words.in_words."""
        return hours_in_words.in_words(self.opening_hours, self.departement)

    def beside_the_hours(self):
        """What no week can say, in short sentences."""
        return hours_in_words.beside_the_week(self.opening_hours, self.departement)

    def now_in_words(self):
        """ "Open now"; "" where that is not known."""
        return hours_in_words.now_in_words(self.opening_hours, self.departement)

    def is_open(self, at=None):
        """Whether it is open *at* an aware datetime, now without one; None: not known."""
        return opening_hours.is_open(self.opening_hours, self.departement, at)

    @property
    def place(self):
        """ "69007 Lyon"."""
        return f"{self.postal_code} {self.town}".strip()

    @property
    def town(self):
        """Its commune as a letter has it: "Lyon" for each of its arrondissements."""
        return town_of(self.commune)

    @property
    def town_in_words(self):
        """Its commune as people say it: "Lyon 7e"."""
        return short_name(self.commune)


def public_entry(entry):
    """The PublicEntry of a Professional, best read with_details(); None where it is not
    public."""
    return _entry(entry) if entry.is_public else None


def public_entries(entries):
    """The PublicEntry of each public one among *entries*, a QuerySet, in their order and in a
    fixed number of queries."""
    return [_entry(entry) for entry in entries.with_details() if entry.is_public]


class _Row(Consents):
    """Some columns of an entry; a Professional knows them all, and takes ten times as long."""

    COLUMNS = (
        *("pk", "slug", "name", "state", "is_natural_person"),
        *("listing_agreed_at", "details_agreed_at", "overdue_since", "is_verified", "source"),
        *("address", "address_more", "postal_code", "latitude", "telephone", "opening_hours"),
        *("kind__slug", "kind__name", "commune__name", "commune__code", "commune__departement"),
    )

    def __init__(self, values):
        self.__dict__.update(zip(self.COLUMNS, values, strict=True))


def brief_entries(entries, chords):
    """The PublicEntry of each public one among *entries*, a QuerySet, by primary key, in one
    query and with what a card of a list says alone. *chords*: {primary key: how far it is, as
    Professional.distance has it, or None}."""
    before, after = reverse("professional", args=[_A_SLUG]).split(_A_SLUG)
    found = {}
    for row in map(_Row, entries.order_by().values_list(*_Row.COLUMNS)):
        if not row.is_public:
            continue
        row.chord = chords.get(row.pk)
        found[row.pk] = PublicEntry(
            **_shown_of(row),
            siret="",
            legal_person="",
            specialities="",
            kind=str(Kind.label_of(row.kind__slug, row.kind__name)) if row.kind__slug else "",
            kind_slug=row.kind__slug or "",
            sector="",
            sector_label="",
            commune=row.commune__name or "",
            commune_code=row.commune__code or "",
            departement=row.commune__departement or "",
            address_url=f"{before}{row.slug}{after}",
        )
    return found


def preview(entry):
    """The PublicEntry that it would be, for those who may see what is not public yet."""
    return _entry(entry)


def _shown_of(entry):
    """What a list says of an entry, and its page too: {name: value} of a PublicEntry."""
    details = entry.shows_details
    lines = (entry.address, entry.address_more) if details else ()
    return {
        "pk": entry.pk,
        "slug": entry.slug,
        "name": entry.name,
        "is_natural_person": entry.is_natural_person,
        "address": tuple(line for line in lines if line),
        "postal_code": entry.postal_code,
        "point_is_exact": details and entry.point_is_exact,
        "opening_hours": entry.opening_hours,
        "telephone": entry.telephone if details else "",
        "telephone_shown": shown_telephone(entry.telephone) if details else "",
        "is_verified": entry.is_verified,
        "is_overdue": entry.is_overdue,
        "source": entry.source,
        "distance": entry.distance,
    }


def _entry(entry):
    details, commune, kind = entry.shows_details, entry.commune, entry.kind
    return PublicEntry(
        **_shown_of(entry),
        legal_person=entry.legal_person,
        # That of a person finds her address in public registers.
        siret=entry.siret if details else "",
        kind=str(kind.label) if kind else "",
        kind_slug=kind.slug if kind else "",
        sector=entry.sector,
        sector_label=str(Sector(entry.sector).label) if entry.sector else "",
        specialities=entry.specialities,
        priorities=tuple((one.number, one.slug, str(one.label)) for one in entry.priorities.all()),
        grounds=tuple((ground.slug, str(ground.label)) for ground in entry.grounds.all()),
        public_body=entry.public_body,
        commune=commune.name if commune else "",
        commune_code=commune.code if commune else "",
        departement=commune.departement if commune else "",
        departement_name=commune.departement_name if commune else "",
        point=public_point_of(entry),
        area_served=entry.area_served,
        email=entry.email if entry.email_is_public else "",
        website=entry.website,
        languages=tuple((code, language_label(code)) for code in entry.languages),
        cost=entry.cost,
        cost_label=str(Cost(entry.cost).label) if entry.cost else "",
        accessibility=tuple(
            (value, str(Access(value).label))
            for value in entry.accessibility
            if value in Access.values
        ),
        accessibility_words=entry.accessibility_words,
        ages=entry.ages,
        description=entry.description,
        picture=entry.picture,
        picture_text=entry.picture_text,
        source_id=entry.source_id,
        confirm_by=entry.confirm_by,
        published_at=entry.first_published_at,
        changed_at=entry.content_changed_at,
        is_in_open_data=entry.is_in_open_data,
        address_url=entry.get_absolute_url(),
    )
