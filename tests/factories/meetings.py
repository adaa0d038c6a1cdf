"""The smallest meetings, and the clock around them."""

from datetime import timedelta

from django.utils import timezone

from workgroups import meetings
from workgroups.models import Meeting


def meeting(group, user, begins_in=timedelta(days=7), **fields):
    """A meeting of ``group`` that ``user`` has called, in a week."""
    topics = fields.pop("topics", [])
    start = (timezone.now() + begins_in).replace(second=0, microsecond=0)
    values = {"starts_at": start, "minutes": 90, "place": "Maison des parents, Lyon"}
    return meetings.make(Meeting(workgroup=group, **{**values, **fields}), topics, user).thing
