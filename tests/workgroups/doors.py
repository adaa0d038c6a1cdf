"""The doors of the admin and of the APIs, as a browser or a script sends them, and
those of the database."""

import json

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from wagtail.models import APIToken

from pages.models import TopicPage


def told(response):
    """Everything that the next screen would tell the person, as one text."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def page_url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=[getattr(a, "pk", a) for a in args])


def bulk(client, action, *pages, **data):
    """Confirm Wagtail's bulk action ``action`` on ``pages``."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{chosen}&next={reverse('wagtailadmin_home')}", data)


def admin_api(client, page, action, **data):
    """What the admin's own scripts send."""
    return client.post(
        reverse("wagtailadmin_api:pages:action", args=[page.pk, action]),
        json.dumps(data),
        content_type="application/json",
    )


class ApiV3:
    """Somebody's script, with a token of hers (see urls_with_api)."""

    def __init__(self, client, user):
        _token, key = APIToken.create_token(user=user, name="script")
        self.client = client
        self.headers = {"authorization": f"Bearer {key}"}

    def _send(self, method, path, data):
        return getattr(self.client, method)(
            f"/api/v3/pages/{path}",
            json.dumps(data),
            content_type="application/json",
            headers=self.headers,
        )

    def act(self, page, action, **data):
        return self._send("post", f"{page.pk}/actions/{action}/", data)

    def create(self, parent, **fields):
        meta = {"type": "pages.TopicPage", "parent_id": parent.pk, "action": "publish"}
        return self._send("post", "", {"meta": meta, **fields})

    def change(self, page, **fields):
        meta = {"type": "pages.TopicPage", "action": "publish"}
        return self._send("patch", f"{page.pk}/", {"meta": meta, **fields})

    def delete(self, page):
        return self._send("delete", f"{page.pk}/", {})


def assert_parents_read_only(*topics):
    """Exactly ``topics`` are live, each letter for letter as it was signed."""
    live = TopicPage.objects.live().values_list("pk", flat=True)
    assert set(live) == {topic.pk for topic in topics}
    call_command("verify_signoffs", verbosity=0)


def try_all(*steps):
    """Run every step (a function, or SQL with its parameters) until one is refused."""
    with transaction.atomic():
        for step in steps:
            if callable(step):
                step()
                continue
            statement, *parameters = step
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
        connection.check_constraints()


def refused(*steps):
    """Whether the database refuses one of the steps; fails where it refuses none."""
    with pytest.raises(IntegrityError):
        try_all(*steps)
    return True
