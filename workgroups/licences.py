"""Licences that end, told to those who can renew them."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media.rights import used_and_ending
from media.rules import LICENCE_ENDS_SOON

from .models.records import oversees
from .waiting import Waiting


def waiting_for(user):
    """For coordinators, each file in use whose licence has ended or soon will."""
    if oversees(user):
        yield from (_waiting(rights) for rights in used_and_ending())


def _waiting(rights):
    ended = rights.has_ended
    said = _("Its licence ended on %(day)s.") if ended else _("Its licence ends on %(day)s.")
    places = ngettext(
        "It is used in %(count)d place.",
        "It is used in %(count)d places.",
        rights.number_of_places,
    ) % {"count": rights.number_of_places}
    known_since = datetime.combine(rights.until - LICENCE_ENDS_SOON, time.min)
    return Waiting(
        title=rights.title,
        why=f"{said % {'day': date_format(rights.until, 'DATE_FORMAT')}} {places}",
        since=timezone.make_aware(known_since),
        url=rights.url,
    )
