"""The smallest valid brief, and what is delivered for it."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.media import picture_upload
from workgroups.models import IllustrationBrief

COLOURS = ("teal", "coral", "navy", "olive", "plum", "khaki")


def asked(page, author, **fields):
    """An open brief for the picture at the top of ``page``."""
    values = {
        "place": "lead",
        "shows": "Un père qui berce son bébé.",
        "due_on": timezone.localdate() + timedelta(days=20),
        "licence": "full_rights",
    }
    return IllustrationBrief.objects.ask(page, author, **{**values, **fields})


def delivered(brief, illustrator, kind="final", colour="teal"):
    """A version that ``illustrator`` has delivered of ``brief``."""
    brief = IllustrationBrief.objects.get(pk=brief.pk)
    version, _made = brief.deliver(illustrator, picture_upload(colour=colour), kind)
    return version
