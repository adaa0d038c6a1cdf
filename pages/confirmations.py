"""A change of a help number waits for a second person: who hears of it, and where."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from workgroups.notifications import absolute, mail
from workgroups.waiting import Waiting


def place_of_decision(change):
    """The address, within the site, where one confirms or refuses this HelpNumberChange."""
    return reverse("help_number:decide", args=[change.pk])


def ask_to_confirm(change):
    """Send one mail to each person who may confirm ``change``, once the present
    transaction is through and unless it has had its answer by then.

    At once, whatever rhythm of mails they chose: it is rare, it concerns every page, and
    the reminders know topics alone.
    """

    def send():
        if type(change).objects.waiting().filter(pk=change.pk).exists():
            context = {"change": change, "url": absolute(place_of_decision(change))}
            mail(change.possible_confirmers(), "help_number", context, app="pages")

    transaction.on_commit(send)


def waiting_for(user):
    """The changes that ``user`` may confirm, for the admin's home (Waiting)."""
    from .models import HelpNumberChange

    for change in HelpNumberChange.objects.awaiting(user).select_related("proposed_by"):
        yield Waiting(
            title=str(change),
            why=_("Help number proposed by %(name)s: confirm or refuse it")
            % {"name": change.proposed_by},
            since=change.proposed_at,
            url=place_of_decision(change),
        )
