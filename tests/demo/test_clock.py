from datetime import timedelta

from django.core.mail import send_mail
from django.db import models, transaction
from django.utils import timezone

from demo.clock import at
from workgroups.models import EditorialRecord


def close(one, other):
    return abs(one - other) < timedelta(seconds=30)


def test_the_past_happens_at_its_time_and_no_longer():
    real = timezone.now()
    long_ago = real - timedelta(days=400)
    with at(long_ago):
        first = timezone.now()
        assert close(first, long_ago)
        assert timezone.now() > first
        assert timezone.localdate() == timezone.localdate(long_ago)
        assert timezone.localtime(real) == real
    assert close(timezone.now(), real)


def test_what_a_field_has_as_its_default_follows():
    long_ago = timezone.now() - timedelta(days=400)
    with at(long_ago):
        assert close(EditorialRecord._meta.get_field("since").get_default(), long_ago)
    assert isinstance(EditorialRecord._meta.get_field("since"), models.DateTimeField)


def test_a_mail_put_off_to_the_end_of_the_transaction_keeps_its_date(
    db, django_capture_on_commit_callbacks
):
    long_ago = timezone.now() - timedelta(days=400)
    seen = []
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with at(long_ago):
            transaction.on_commit(lambda: seen.append(timezone.now()))
        transaction.on_commit(lambda: seen.append(timezone.now()))
        send_mail("Sujet", "Texte", None, ["autrice@demo.invalid"])
    assert close(seen[0], long_ago)
    assert close(seen[1], timezone.now())
