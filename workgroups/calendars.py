"""Meetings as calendar programs read them (RFC 5545): in a feed, or in a mail (RFC 6047)."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
)

from .notifications import absolute, place_of_meeting

ZONE = ZoneInfo(settings.TIME_ZONE)
PRODUCT = "-//Mes Infos Bébé//Réunions//FR"
# How often a calendar program is to look again.
LOOK_AGAIN = timedelta(hours=2)
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


def invitation(meeting, user, topics):
    """The calendar file that invites ``user`` to ``meeting``, or takes the
    invitation back where it is cancelled, as a dict with ``method`` and ``text``.
    ``topics``: their titles."""
    method = "CANCEL" if meeting.is_cancelled else "REQUEST"
    calendar = _calendar(method)
    event = _event(meeting, topics)
    event.add("organizer", _organizer())
    attendee = vCalAddress(f"mailto:{user.email}")
    attendee.params |= {
        "CN": str(user),
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        # Nobody reads the address that sends: an answer would be lost.
        "RSVP": "FALSE",
    }
    event.add("attendee", attendee)
    calendar.add_component(event)
    return {"method": method, "text": calendar.to_ical().decode()}


def feed(meetings, titles):
    """The calendar of all ``meetings``. ``titles``: {meeting's pk: titles of its topics}."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _("Meetings · Mes Infos Bébé"))
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    for meeting in meetings:
        calendar.add_component(_event(meeting, titles.get(meeting.pk, [])))
    return calendar.to_ical().decode()


def _calendar(method=None):
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    calendar.add_component(_paris())
    return calendar


def _paris():
    """The zone by its rule, in force since 1996, so that it holds for any year."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    for component, name, month, hour, before, after in (
        (TimezoneDaylight(), "CEST", 3, 2, WINTER, SUMMER),
        (TimezoneStandard(), "CET", 10, 3, SUMMER, WINTER),
    ):
        last_day = {3: 31, 10: 27}[month]  # the last Sundays of 1996
        component.add("dtstart", datetime(1996, month, last_day, hour))  # noqa: DTZ001 - local
        component.add("tzoffsetfrom", before)
        component.add("tzoffsetto", after)
        component.add("tzname", name)
        component.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
        zone.add_component(component)
    return zone


def _organizer():
    """The site itself, as in the mail's From: people leave, meetings stay."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or settings.WAGTAIL_SITE_NAME
    return organizer


def _event(meeting, topics):
    """The meeting itself; the same bytes as long as nothing changed in it."""
    event = Event()
    address = absolute(place_of_meeting(meeting))
    title = meeting.name
    if meeting.is_cancelled:
        # Some programs show a cancelled meeting as any other.
        title = _("Cancelled: %(title)s") % {"title": title}
    event.add("uid", f"{meeting.uid}@mes-infos-bebe")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(ZONE))
    event.add("dtend", meeting.ends_at.astimezone(ZONE))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("summary", title)
    if where := meeting.place or meeting.video_url:
        event.add("location", where)
    event.add("description", _description(meeting, topics, address))
    event.add("url", address)
    event.add("class", "PRIVATE")
    return event


def _description(meeting, topics, address):
    parts = [meeting.cancel_reason] if meeting.is_cancelled else []
    if meeting.video_url:
        parts.append(_("By video: %(address)s") % {"address": meeting.video_url})
    if meeting.agenda:
        parts.append(meeting.agenda)
    if topics:
        parts.append("\n".join([_("Topics:"), *(f"- {title}" for title in topics)]))
    parts.append(_("The meeting's page: %(address)s") % {"address": address})
    return "\n\n".join(part.replace("\r\n", "\n") for part in parts)
