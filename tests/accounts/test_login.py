import pytest
from django.core import mail

from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


@pytest.fixture
def counted(settings):
    settings.AXES_ENABLED = True


def log_in(client, email, password=PASSWORD, ip="192.0.2.1"):
    return client.post(LOGIN, {"username": email, "password": password}, REMOTE_ADDR=ip)


@pytest.fixture
def author():
    return UserFactory(roles=["author"], email="lou@exemple.invalid")


def test_a_person_logs_in_with_her_address(client, author, counted):
    assert client.get(LOGIN).status_code == 200
    assert log_in(client, "Lou@Exemple.invalid").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_an_inactive_person_does_not(client, counted):
    UserFactory(roles=["author"], email="lou@exemple.invalid", is_active=False)
    assert log_in(client, "lou@exemple.invalid").status_code == 200
    assert client.get("/admin/").status_code == 302


def test_someone_without_a_role_does_not_enter_the_admin(client, counted):
    UserFactory(email="lou@exemple.invalid")
    log_in(client, "lou@exemple.invalid")
    assert client.get("/admin/").status_code == 302


def test_too_many_wrong_passwords_pause_that_account_from_that_place(
    client, author, counted, settings
):
    other = UserFactory(roles=["author"])
    spellings = ["lou@exemple.invalid", "LOU@exemple.invalid", " lou@exemple.invalid"]
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        response = log_in(client, spellings[attempt % 3], "faux")
    assert response.status_code == 429
    assert "accounts/locked_out.html" in [template.name for template in response.templates]
    assert log_in(client, author.email).status_code == 429
    assert log_in(client, author.email, ip="192.0.2.7").status_code == 302
    client.logout()
    assert log_in(client, other.email).status_code == 302


def test_a_forgotten_password_is_chosen_anew(client, author):
    assert client.get("/admin/password_reset/").status_code == 200
    client.post("/admin/password_reset/", {"email": "LOU@exemple.invalid"})
    (message,) = mail.outbox
    link = next(word for word in message.body.split() if "/confirm/" in word)
    form = client.get("/" + link.split("/", 3)[3], follow=True)
    new = {"new_password1": "un-tout-autre-mot", "new_password2": "un-tout-autre-mot"}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    assert log_in(client, author.email, "un-tout-autre-mot").status_code == 302


def test_your_account_changes_languages_and_password_and_no_name(client, author):
    client.force_login(author)
    page = client.get("/admin/account/")
    assert page.status_code == 200
    response = client.post(
        "/admin/account/",
        {
            "name_email-mail_rhythm": "weekly",
            "name_email-interface_language": "fr",
            "name_email-languages_read": [],
            "name_email-display_name": "Pr Nobel",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "password-old_password": PASSWORD,
            "password-new_password1": "un-tout-autre-mot",
            "password-new_password2": "un-tout-autre-mot",
        },
    )
    assert response.status_code == 302
    before = author.display_name
    author.refresh_from_db()
    assert author.check_password("un-tout-autre-mot")
    assert author.mail_rhythm == "weekly"
    assert (author.display_name, author.languages_read) == (before, [])
