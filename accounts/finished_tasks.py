"""What the queue of slow work keeps of tasks that are done: what they were given, addresses of
people and texts of mails among it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks_db.models import DBTaskResult

# Long enough to look into one that failed.
KEPT = timedelta(days=14)


def purge(delete):
    """Delete the tasks that ended, well or not, longer ago than that; where *delete* is false
    only count. {what, in English: how many}."""
    past = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    counts = {gettext_noop("finished tasks"): past.count()}
    if delete:
        past.delete()
    return counts
