"""What was given to slow tasks is not kept for good."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
EMAIL = "personne@exemple.invalid"


def test_an_address_that_somebody_typed_goes_in_time(client, settings):
    settings.TASKS = settings.TASKS | {"slow": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    here = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    client.post("/fr/partenaires/", {"email": EMAIL}, headers=here)
    tasks = DBTaskResult.objects.filter(args_kwargs__icontains=EMAIL)
    now = timezone.now()
    for age, kept in ((13, True), (15, False)):
        ended = now - timedelta(days=age)
        tasks.update(status="FAILED", started_at=ended, finished_at=ended)
        call_command("purge_personal_data", stdout=StringIO())
        assert tasks.count() == 1
        call_command("purge_personal_data", "--delete", stdout=StringIO())
        assert tasks.exists() == kept
