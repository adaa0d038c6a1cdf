"""Links in mails work once, for a while, and for one thing."""

import secrets

import pytest

from professionals import links
from professionals.links import Purpose
from professionals.models import MailedLink
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return ProfessionalFactory()


def test_a_link_is_looked_at_as_often_as_one_likes_and_used_once(entry):
    token = links.create(entry, Purpose.EDIT)
    assert links.look(token, Purpose.EDIT) == links.look(token, Purpose.EDIT) == entry
    assert links.use(token, Purpose.EDIT) == entry
    for again in (links.use, links.look):
        with pytest.raises(links.UsedLink):
            again(token, Purpose.EDIT)


def test_a_link_ends_and_serves_one_purpose_alone(entry, time_machine):
    time_machine.move_to("2026-11-26T12:00:00Z", tick=False)
    made = {purpose: links.create(entry, purpose) for purpose in Purpose}
    for token in (
        f"{made['edit']}x",
        made["edit"].upper(),
        "",
        "a.b",
        "\0.x",
        "x" * 999,
        "é.\ud800",
    ):
        with pytest.raises(links.UnknownLink):
            links.use(token, Purpose.EDIT)
    with pytest.raises(links.UnknownLink):
        links.use(made["edit"], Purpose.CONFIRM)
    for moment, works in (
        ("2026-11-26T12:31:00Z", {"registration", "confirm", "email"}),
        ("2026-12-11T12:00:00Z", {"confirm"}),
        ("2027-01-26T12:00:00Z", set()),
    ):
        time_machine.move_to(moment, tick=False)
        for purpose, token in made.items():
            if purpose in works:
                assert links.look(token, purpose) == entry
            else:
                with pytest.raises(links.OldLink):
                    links.look(token, purpose)


def test_the_database_knows_no_secret(entry):
    secret = links.create(entry, Purpose.EDIT).partition(".")[2]
    assert secret not in str(MailedLink.objects.values().get())


def test_secrets_are_compared_in_constant_time(entry, client, monkeypatch):
    """Two hashes of one length, whatever the secret, and even where there is no such link."""
    key, _dot, secret = links.create(entry, Purpose.EDIT).partition(".")
    compared = []

    def spy(one, other):
        compared.append((len(one), len(other)))
        return compare_digest(one, other)

    compare_digest = secrets.compare_digest
    monkeypatch.setattr(secrets, "compare_digest", spy)
    answers = [
        client.get(f"/fr/professionnels/modifier/lien/{token}/").status_code
        for token in (f"{key}.{secret}", f"{key}.x", "no-such-key.x")
    ]
    assert answers == [200, 404, 404]
    assert compared == [(64, 64)] * 3


def test_the_address_of_a_form_is_signed(entry, time_machine):
    time_machine.move_to("2026-11-26T12:00:00Z", tick=False)
    address = links.signed_address(entry, Purpose.EDIT)
    assert links.behind_address(address, Purpose.EDIT) == entry
    for text, purpose in ((f"{address}x", "edit"), (address, "registration"), ("", "edit")):
        with pytest.raises(links.UnknownLink):
            links.behind_address(text, Purpose(purpose))
    time_machine.move_to("2026-11-26T12:31:00Z", tick=False)
    with pytest.raises(links.OldLink):
        links.behind_address(address, Purpose.EDIT)
