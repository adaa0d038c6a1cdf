"""What an entry says, section by section, for its own professional to read over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import geocoding
from .forms import ConsentForm, ContactForm, OfferForm, PlaceForm, ReasonsForm, WhoForm
from .hours_in_words import told
from .missing import missing
from .models import Contact, Evidence, Professional
from .models.choices import Access, Cost, language_label
from .siret import shown_siret
from .telephones import shown_telephone

# In which section of the form one mends what an entry lacks.
SECTION_OF = {
    **dict.fromkeys(("name", "kind", "sector", "email"), WhoForm),
    **dict.fromkeys(("commune", "postal_code"), PlaceForm),
    "priorities": OfferForm,
    **dict.fromkeys(("grounds", "public_body", "listing"), ReasonsForm),
}


@dataclass(frozen=True)
class Section:
    """One section: *rows* are (label, text), or (label, [texts])."""

    slug: str
    title: str
    rows: list


def lacking(entry, registers=True):
    """[(slug of a section, sentence)] of what an entry lacks, one line each. *registers*: in the
    form of a registration, which has no section of its own for consents."""
    sections = SECTION_OF if registers else SECTION_OF | {"listing": ConsentForm}
    return [(sections[name].slug, text) for name, text in missing(entry).items()]


def summary(version):
    """The Sections of a Professional as it is, or as it would be; what is empty is left out."""
    return [
        Section(form.slug, str(form.title), [(label, said) for label, said in rows if said])
        for form, rows in (
            (WhoForm, _who(version)),
            (PlaceForm, _place(version)),
            (OfferForm, _offer(version)),
            (ReasonsForm, _reasons(version)),
            (ContactForm, _contact(version)),
        )
    ]


def labels_of(names):
    """The names of fields as people read them; what belongs together once."""
    labels = [
        _("the point on the map")
        if name in ("latitude", "longitude")
        else Professional.field_label(name)
        for name in names
        if name != "sector"  # it goes with the kind
    ]
    return list(dict.fromkeys(labels))


def point_in_words(version):
    """Where parents see it on the map, how one knows, and what its professional can do."""
    if version.commune_id is None:
        return ""
    commune = {"commune": version.commune.label}
    if not version.shows_details:
        return (
            _("in the middle of %(commune)s: you did not agree to show your exact address.")
            % commune
        )
    if version.point is not None:
        return f"{version.latitude:.5f}, {version.longitude:.5f}"
    if not version.address:
        return _("in the middle of %(commune)s") % commune
    if not geocoding.is_asked():
        return _("in the middle of %(commune)s. You can move the point.") % commune
    return (
        _(
            "in the middle of %(commune)s: we did not find the address itself. You can move "
            "the point."
        )
        % commune
    )


def _who(entry):
    return [
        (_("Name"), entry.name),
        (_("What you are"), str(entry.kind or "")),
        (_("E-mail address"), entry.email),
        (_("Organisation"), entry.legal_person),
        (_("SIRET"), shown_siret(entry.siret)),
    ]


def _place(entry):
    town = f"{entry.postal_code} {entry.commune.town if entry.commune_id else ''}".strip()
    return [
        (_("Address"), _filled([entry.address, entry.address_more, town])),
        (_("Where you go"), entry.area_served),
        (_("Point on the map"), point_in_words(entry)),
    ]


def _offer(entry):
    code = entry.commune.departement if entry.commune_id else ""
    week, beside = told(entry.opening_hours, code)
    hours = [*(_("%(when)s: %(hours)s") % {"when": d, "hours": h} for d, h in week), *beside]
    return [
        (_("Priorities"), [str(row) for row in entry.priorities.all()]),
        (_("What parents find with you"), entry.description),
        (_("Specialities"), entry.specialities),
        (_("Picture"), entry.picture_text if entry.picture_id else ""),
        (_("Ages"), entry.ages),
        (_("What it costs"), str(Cost(entry.cost).label) if entry.cost else ""),
        (_("Telephone"), shown_telephone(entry.telephone)),
        (_("Website"), entry.website),
        (_("Opening hours"), hours),
        (_("Languages"), ", ".join(language_label(code) for code in entry.languages)),
        (
            _("Accessibility"),
            _filled(
                [*(str(Access(a).label) for a in entry.accessibility), entry.accessibility_words]
            ),
        ),
    ]


def _reasons(entry):
    evidence = Evidence.objects.filter(professional_id=entry.pk)
    files = sum(1 for one in evidence if one.file)
    rows = [
        (pgettext("of one entry", "Grounds"), [str(row) for row in entry.grounds.all()]),
        (_("Public body"), entry.public_body),
        (_("What shows it"), next((one.text for one in evidence if one.text), "")),
        (_("Documents"), str(files) if files else ""),
    ]
    if entry.is_natural_person:
        rows += [
            (_("To be listed"), _yes_or_no(entry.listing_agreed_at)),
            (_("Telephone and exact address shown"), _yes_or_no(entry.details_agreed_at)),
            (_("In the open data"), _yes_or_no(entry.open_data_agreed_at)),
        ]
    return rows


def _filled(lines):
    return [line for line in lines if line]


def _yes_or_no(moment):
    return _("yes") if moment else _("no")


def _contact(entry):
    contact = Contact.objects.filter(professional_id=entry.pk).first()
    if contact is None:
        return []
    return [
        (_("Name"), contact.name),
        (_("How to reach"), _filled([contact.email, contact.telephone])),
    ]
