"""What a browser sends about a brief, and what stands there afterwards."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from pages.models import TopicPage
from workgroups.models import IllustrationBrief


def fresh(brief):
    return IllustrationBrief.objects.get(pk=brief.pk)


def url(name, *args):
    return reverse(name, args=[getattr(a, "pk", a) for a in args])


def draft_of(topic):
    return TopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object()


def ask_data(**changes):
    day = timezone.localdate() + timedelta(days=10)
    return {
        "place": "lead",
        "shows": "Un père.",
        "avoid": "",
        "picture_format": "landscape",
        "due_on": day.isoformat(),
        "illustrator": "",
        "credit_user": "",
        "credit_name": "",
        "licence": "full_rights",
        "licence_text": "",
        "licence_until": "",
        **changes,
    }


def deliver(client, brief, kind, *files):
    return client.post(
        url("brief_deliver", brief), {"kind": kind, "note": "Voilà.", "files": list(files)}
    )


def stored(folder):
    """The names of all files under that folder of the storage."""
    if not default_storage.exists(folder):
        return []
    folders, files = default_storage.listdir(folder)
    return files + [name for inner in folders for name in stored(f"{folder}/{inner}")]
