"""Every entry of Wagtail's log, also as one JSON line on the logger "audit"."""

import json
import logging

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry

logger = logging.getLogger("audit")


def line(entry):
    """The JSON line that tells *entry*, a PageLogEntry or a ModelLogEntry."""
    content_type = entry.content_type
    return json.dumps(
        {
            "when": entry.timestamp,
            "action": entry.action,
            "user": entry.user_id,
            "object_type": f"{content_type.app_label}.{content_type.model}"
            if content_type
            else None,
            "object_id": str(entry.object_id),
            "label": entry.label,
            "data": entry.data,
        },
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
    )


def _write(instance, created, raw, using, **kwargs):
    if created and not raw:
        # Only what really happened: a rolled back action leaves no line.
        transaction.on_commit(lambda: logger.info(line(instance)), using=using)


def connect():
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(_write, sender=model, dispatch_uid=f"audit-{model.__name__}")
