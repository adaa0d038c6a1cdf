"""Where it is."""

from dataclasses import dataclass, replace

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from professionals import geocoding
from professionals.models import Commune
from professionals.places import Point
from professionals.words import commune_words

from .section import SectionForm

# "data-point" is where a map may write what somebody points at.
POINT = ("latitude", "longitude")
COORDINATE = {"inputmode": "decimal", "autocomplete": "off"}
MOST_OFFERED = 50  # more communes share no postal code


def communes_meant(code, name):
    """The Communes that a postal *code* and a *name*, either perhaps lacking, may mean, as a
    list; one where both are clear."""
    words = " ".join(commune_words(name))
    of_code = list(
        Commune.objects.with_postal_code(code).filter(shows=True).prefetch_related("postal_codes")
    )
    # 69007 is Lyon's too: its arrondissement says more.
    parts = {one.folded.split()[0] for one in of_code if "arrondissement" in one.folded}
    of_code = [one for one in of_code if one.folded not in parts]
    if not words:
        return of_code
    if not of_code:
        return _exactly(Commune.objects.suggestions(name), words) if not code else []
    named = [one for one in of_code if one.folded.startswith(words)]
    return _exactly(named, words) or of_code


def _exactly(communes, words):
    return [one for one in communes if one.folded == words] or communes


@dataclass(frozen=True)
class PointMap:
    """A map on which somebody moves a point. *begin*: the Point where it stands; *tiles*: see
    MAP_TILES_URL."""

    begin: Point
    tiles: str
    tiles_credit: str


class CoordinateField(forms.FloatField):
    """Degrees, with a point or a comma."""

    def to_python(self, value):
        return super().to_python(str(value or "").strip().replace(",", ".").rstrip("°"))


class PlaceForm(SectionForm):
    slug = "ou"
    title = gettext_lazy("Where you are")
    own = (
        *("address", "address_more", "postal_code", "commune", "latitude", "longitude"),
        "area_served",
    )
    needed = ("postal_code", "commune_name", "commune")

    address = forms.CharField(
        label=gettext_lazy("Number and street"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    address_more = forms.CharField(
        label=gettext_lazy("More: building, floor, door"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    postal_code = forms.RegexField(
        r"^\d{5}$",
        label=gettext_lazy("Postal code"),
        required=False,
        error_messages={"invalid": gettext_lazy("A postal code has 5 figures.")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    commune_name = forms.CharField(
        label=gettext_lazy("Commune"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    commune = forms.ChoiceField(
        label=gettext_lazy("Which commune is it?"), required=False, widget=forms.RadioSelect
    )
    area_served = forms.CharField(
        label=gettext_lazy("Where you go"),
        help_text=gettext_lazy("If you come to people: which communes, which district."),
        required=False,
        max_length=200,
    )
    latitude = CoordinateField(
        label=gettext_lazy("Latitude"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write a number, like 45.7485.")},
        widget=forms.TextInput(attrs=COORDINATE | {"data-point": "latitude"}),
    )
    longitude = CoordinateField(
        label=gettext_lazy("Longitude"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write a number, like 4.8467.")},
        widget=forms.TextInput(attrs=COORDINATE | {"data-point": "longitude"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = self.meant if self.is_bound else []
        if len(found) > 1:
            choices = [(one.pk, f"{one.name} ({one.departement_name})") for one in found]
            self.fields["commune"].choices = choices[:MOST_OFFERED]
        else:
            del self.fields["commune"]
        if not self.version.shows_details:
            # Of a person who did not say yes to more, everybody sees the commune alone.
            for name in POINT:
                del self.fields[name]

    def said_by(self, version):
        said = super().said_by(version)
        said["commune_name"] = version.commune.name if version.commune_id else ""
        return said

    @cached_property
    def meant(self):
        """The communes that what was typed may mean."""
        code, name = (
            self.data.get(name, "").replace("\0", "").strip()
            for name in ("postal_code", "commune_name")
        )
        return communes_meant(code[:5], name[:80])

    def clean(self):
        cleaned = super().clean()
        if "postal_code" in self.errors:
            return cleaned
        commune = self._chosen(cleaned.get("commune"))
        if commune is None:
            self._ask_for_commune(cleaned.get("postal_code"))
            return cleaned
        cleaned["commune"] = commune
        if not cleaned.get("postal_code"):
            codes = sorted(found.code for found in commune.postal_codes.all())
            if len(codes) > 1:
                self.add_error(
                    "postal_code",
                    _("%(commune)s has several postal codes: write yours.") % {"commune": commune},
                )
            else:
                cleaned["postal_code"] = codes[0]
        return cleaned

    def _chosen(self, code):
        if len(self.meant) == 1:
            return self.meant[0]
        return next((one for one in self.meant if one.pk == code), None)

    def _ask_for_commune(self, code):
        if self.meant:
            if not self.errors.get("commune"):
                self.add_error("commune", ValidationError(_("Choose the commune."), code="several"))
        elif code:
            self.add_error("postal_code", _("We know no commune with this postal code."))
        elif self.data.get("commune_name", "").strip():
            self.add_error("commune_name", _("We know no commune of this name."))
        else:
            self.add_error("postal_code", _("Write the postal code."))

    def values(self):
        """With the point: what was typed, or else that of the address, or else none, which
        means the commune's."""
        cleaned, version = {**self.cleaned_data}, self.version
        before = {name: getattr(version, name) for name in POINT}
        typed = tuple((before | cleaned)[name] for name in POINT)
        kept = typed == (version.latitude, version.longitude)
        moved = any(
            cleaned[name] != getattr(version, name)
            for name in ("address", "postal_code", "commune")
        )
        if typed == (None, None) or (kept and moved):
            point = geocoding.point_of(
                cleaned["address"], cleaned["postal_code"], cleaned["commune"]
            )
            typed = (point.latitude, point.longitude) if point else (None, None)
        cleaned["latitude"], cleaned["longitude"] = typed
        return {name: cleaned[name] for name in self.own}

    def groups(self):
        first = ("address", "address_more", "postal_code", "commune_name", "commune", "area_served")
        groups = [self.group(None, first)]
        if self.version.shows_details:
            heading = gettext_lazy("Move the point on the map")
            point = self.group(heading, POINT, folds=True)
            groups.append(replace(point, map=self.map()))
        return groups

    def map(self):
        """The PointMap, from what was typed or kept on; None while no commune is known, and the
        map would begin nowhere."""
        commune = self.meant[0] if self.is_bound and len(self.meant) == 1 else self.version.commune
        if commune is None:
            return None
        begin = self.version.point if commune == self.version.commune else None
        return PointMap(begin or commune.point, settings.MAP_TILES_URL, settings.MAP_TILES_CREDIT)
