"""What a badge says that nobody can make by hand, and whether it is still true.

Its text is "number-moment.signature": the number of the entry and the moment of its acceptance
(seconds since 1970, as figures of base 36). One that was withdrawn and accepted again has
another badge.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import override

from professionals.models import EntryEvent, Professional
from professionals.models.choices import State

What = EntryEvent.What
SIGNER = signing.Signer(salt="professionals.badge", sep=".")
ACCEPTING = (What.ACCEPTED, What.VERIFIED, What.CHANGE_ACCEPTED)
ENDING = (What.WITHDRAWN, What.REFUSED)
UNLISTING = (What.CONSENTED, What.CHANGED, What.CHANGE_ACCEPTED)


@dataclass(frozen=True)
class Badge:
    """The addresses of a badge, each within the site."""

    verification_url: str
    svg_url: str
    png_url: str


@dataclass(frozen=True)
class Verdict:
    """What a badge is worth now. *accepted_at*: the moment that it names; *ended_at*: since when
    it is no longer valid, None for one that is."""

    entry: Professional
    accepted_at: datetime
    ended_at: datetime | None = None

    @property
    def is_valid(self):
        return self.ended_at is None


def may_have_badge(entry):
    """Whether *entry* is accepted, checked and public."""
    return entry.is_public and entry.is_verified


def accepted_at(entry):
    """Since when it is accepted without a break, to the second."""
    events = EntryEvent.objects.filter(professional=entry)
    if end := events.filter(what__in=ENDING).last():
        events = events.filter(pk__gt=end.pk)
    first = events.filter(what__in=ACCEPTING).first()
    moment = first.at if first else entry.first_published_at or entry.state_since
    return moment.replace(microsecond=0)


def text_of(entry):
    """The signed text of the badge of *entry*."""
    moment = int_to_base36(int(accepted_at(entry).timestamp()))
    return SIGNER.sign(f"{entry.pk}-{moment}")


def badge_of(entry):
    """The Badge of a Professional in the language being read; None where it may have none."""
    if not may_have_badge(entry):
        return None
    text = text_of(entry)
    svg, png = (reverse("professional_badge", args=[text, form]) for form in ("svg", "png"))
    return Badge(reverse("professional_verification", args=[text]), svg, png)


def printed_address(text):
    """The full address that the code on a badge of this signed *text* leads to."""
    with override(settings.LANGUAGE_CODE):
        address = reverse("professional_verification", args=[text])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + address


def verdict(text):
    """The Verdict on a badge's signed text; None for one that we did not sign."""
    try:
        pk, moment = SIGNER.unsign(text).split("-")
        pk, seconds = int(pk), base36_to_int(moment)
        entry = Professional.objects.with_details().get(pk=pk)
    except (signing.BadSignature, ValueError, Professional.DoesNotExist):
        return None
    accepted = datetime.fromtimestamp(seconds, tz=UTC)
    if not may_have_badge(entry):
        return Verdict(entry, accepted, _ended_at(entry))
    if accepted_at(entry) != accepted:
        return Verdict(entry, accepted, _ended_after(entry, accepted))
    return Verdict(entry, accepted)


def _ended_at(entry):
    """Since when an entry that may have no badge has none."""
    if entry.state in (State.WITHDRAWN, State.EXPIRED):
        return entry.state_since
    events = EntryEvent.objects.filter(professional=entry)
    if entry.state == State.PUBLISHED:
        # All that it lacks is the yes to be listed: taken back, or of a person who was a place.
        events = events.filter(what__in=UNLISTING).order_by("-at", "-pk")
        fields = {"listing", "is_natural_person"}
        last = next((one for one in events if fields & {*one.details.get("fields", ())}), None)
    else:
        last = events.filter(what__in=(*ENDING, What.EXPIRED)).last()
    return last.at if last else entry.state_since


def _ended_after(entry, accepted):
    """When the acceptance of that moment ended, of one that was accepted anew."""
    events = EntryEvent.objects.filter(professional=entry, what__in=ENDING, at__gte=accepted)
    first = events.first()
    return first.at if first else entry.state_since
