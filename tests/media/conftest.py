"""Two groups' collections and people, known to media through its registry alone."""

import pytest

from media import registry
from media.registry import Holder
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory, RecordingFactory, collection


@pytest.fixture(autouse=True)
def _registry_of_its_own(monkeypatch):
    monkeypatch.setattr(registry, "_holder_functions", [])
    monkeypatch.setattr(registry, "_collection_access_functions", [])
    monkeypatch.setattr(registry, "_publisher_functions", [])
    monkeypatch.setattr(registry, "_reader_functions", [])


@pytest.fixture
def open_to():
    """Collections opened to people: {user id: [collections]}."""
    opened = {}
    registry.register_collection_access(lambda user: opened.get(user.pk, []))
    return opened


@pytest.fixture
def ours():
    return collection("Crèche des Tilleuls")


@pytest.fixture
def theirs():
    return collection("Maternité du Port")


@pytest.fixture
def member(client, open_to, ours):
    """A logged in author of the first group."""
    user = UserFactory(roles=["author"])
    open_to[user.pk] = [ours]
    client.force_login(user)
    return user


@pytest.fixture
def superuser(client):
    """Logged in, and kept from nothing by permissions."""
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def hold():
    """A function (file, label, frozen=False) that makes a page hold a file."""
    held = {}
    registry.register_holder(lambda file: held.get((type(file), file.pk), []))

    def hold(file, label="Le bain sans danger", frozen=False):
        holder = Holder(label=label, url=None, frozen=frozen)
        held.setdefault((type(file), file.pk), []).append(holder)

    return hold


@pytest.fixture
def signed_picture(hold):
    picture = IllustrationFactory(title="Le doudou")
    hold(picture, frozen=True)
    return picture


@pytest.fixture
def signed_film(hold):
    film = RecordingFactory(title="Le film", transcript="Bonjour")
    hold(film, frozen=True)
    return film
