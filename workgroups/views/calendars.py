"""A person's calendar: its secret address in the admin, and what stands there."""

import hashlib
from collections import defaultdict
from datetime import timedelta

from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from workgroups import calendars
from workgroups.models import CalendarAddress, Meeting, Workgroup
from workgroups.models.records import oversees
from workgroups.notifications import absolute

from .meetings import MeetingScreen

KEPT = timedelta(days=366)  # how long a past meeting stays in the feed


def meetings_of(user):
    """The meetings in her calendar: those of her groups and, for who oversees all
    groups, those that she has called; without those of more than a year ago."""
    own = Q(workgroup__in=Workgroup.objects.of(user).values("pk"))
    if oversees(user):
        own |= Q(created_by=user)
    found = Meeting.objects.filter(own, ends_at__gt=timezone.now() - KEPT)
    return found.select_related("workgroup").order_by("starts_at", "pk")


def titles_of_topics(meetings):
    """{meeting's pk: the titles of its topics that are still its group's}."""
    titles = defaultdict(list)
    links = Meeting.topics.through.objects.filter(
        meeting__in=[meeting.pk for meeting in meetings],
        editorialrecord__workgroup=F("meeting__workgroup"),
    )
    title = "editorialrecord__page__draft_title"
    for pk, name in links.order_by(title).values_list("meeting", title):
        titles[pk].append(name)
    return titles


@require_safe
def feed(request, secret):
    """The calendar behind a secret address, for calendar programs: no session, no
    cookie. 404 for an address that was renewed or whose owner has left."""
    address = CalendarAddress.objects.behind(secret)
    if address is None:
        # Of a 404 Django's LocaleMiddleware would make a way to /fr/agenda/… otherwise.
        request.urlconf = "workgroups.urls"
        raise Http404
    with override(address.user.interface_language):
        meetings = list(meetings_of(address.user))
        body = calendars.feed(meetings, titles_of_topics(meetings)).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="reunions.ics"'
    response["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=response)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


class MyCalendarView(MeetingScreen):
    """The address of one's own calendar, and the button that changes it."""

    template_name = "workgroups/my_calendar.html"
    page_title = gettext_lazy("My calendar")
    header_icon = "date"

    def post(self, request, *args, **kwargs):
        address, made = CalendarAddress.objects.get_or_create(user=request.user)
        if made:
            messages.success(request, _("Here is the address of your calendar."))
        elif request.POST.get("since") != address.since.isoformat():
            messages.info(
                request, _("The address had been renewed already: this is the one to use.")
            )
        else:
            address.renew()
            messages.success(
                request, _("Here is your new address. The old one shows nothing any more.")
            )
        return redirect("my_calendar")

    def get_context_data(self, **kwargs):
        known = CalendarAddress.objects.filter(user=self.request.user).first()
        path = known and reverse("calendar_feed", args=[known.secret])
        return super().get_context_data(
            address=absolute(path) if known else "",
            since=known.since if known else None,
            **kwargs,
        )
