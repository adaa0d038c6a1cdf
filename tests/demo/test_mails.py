import importlib
from datetime import timedelta

import pytest
from config import urls
from django.core.mail import send_mail
from django.urls import NoReverseMatch, clear_url_caches, reverse
from django.utils import timezone

from demo.clock import at
from demo.mails import kept_mail_files, read_mail
from demo.views import MAILS_PER_PAGE


@pytest.fixture
def demo(settings, tmp_path):
    """The demo's addresses and its way with mails."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "demo.mails.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    settings.ROOT_URLCONF = "tests.demo.urls"
    return settings


def send(subject, text="Bonjour.", days_ago=0):
    with at(timezone.now() - timedelta(days=days_ago)):
        send_mail(subject, text, "ne-pas-repondre@demo.invalid", ["autrice@demo.invalid"])


def test_a_mail_is_kept_as_it_was_sent(demo):
    send("« L'été » attend vos mots", "Écrivez ici :\nhttp://localhost:8000/admin/", days_ago=3)
    mail = read_mail(kept_mail_files()[0], "http://localhost:8103")
    assert mail.subject == "« L'été » attend vos mots"
    assert mail.to == "autrice@demo.invalid"
    assert mail.text == "Écrivez ici :\nhttp://localhost:8103/admin/"
    assert abs(mail.sent_at - (timezone.now() - timedelta(days=3))) < timedelta(minutes=1)


def test_no_mail_can_add_a_header_or_markup(demo, client, db):
    send("Un <b>sujet</b>", "<script>alert(1)</script>")
    page = client.get(reverse("demo_mails")).content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_newest_first_with_links_that_lead_to_the_port_served(demo, client, db):
    send("Avant-hier", days_ago=2)
    send("Hier", "Lisez : http://localhost:8000/admin/sujets/3/validation/", days_ago=1)
    response = client.get(reverse("demo_mails"), headers={"host": "localhost:8103"})
    page = response.content.decode()
    assert page.index("Hier") < page.index("Avant-hier")
    assert 'href="http://localhost:8103/admin/sujets/3/validation/"' in page
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_many_mails_come_in_pages(demo, client, db, django_assert_max_num_queries):
    for number in range(MAILS_PER_PAGE + 1):
        send(f"Courrier {number:02}", days_ago=100 - number)
    with django_assert_max_num_queries(2):
        first = client.get(reverse("demo_mails")).content.decode()
    assert "Courrier 20" in first
    assert "Courrier 00" not in first
    assert "?page=2" in first
    assert "Courrier 00" in client.get(reverse("demo_mails"), {"page": "2"}).content.decode()
    assert client.get(reverse("demo_mails"), {"page": "rien"}).status_code == 200


def test_no_mail_yet(demo, client, db):
    assert client.get(reverse("demo_mails")).status_code == 200
    assert client.post(reverse("demo_mails")).status_code == 405


def test_the_mails_can_be_read_in_the_demo_only(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("demo_mails")
    assert client.get("/demo/courriers/", follow=True).status_code == 404


def test_the_demo_serves_them(settings):
    settings.DEMO = True
    try:
        importlib.reload(urls)
        clear_url_caches()
        assert reverse("demo_mails") == "/demo/courriers/"
    finally:
        settings.DEMO = False
        importlib.reload(urls)
        clear_url_caches()
