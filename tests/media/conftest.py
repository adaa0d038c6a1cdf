"""Two groups' collections and people, known to media through its registry alone."""

from contextlib import closing

import pytest
from django.core.files.storage import default_storage

from media import registry
from media.registry import Holder
from tests.buckets import Line, files_in_bucket
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory, RecordingFactory, collection
from tests.factories.pages import help_number, home_page, stage, theme_page, topic_page
from tests.factories.workgroups import (
    WorkgroupFactory,
    illustration,
    person,
    publish,
    signatory,
)
from tests.factories.workgroups import member as member_of


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


# A topic that shows a picture


@pytest.fixture
def group(store):
    return WorkgroupFactory(name="Sommeil")


@pytest.fixture
def theme(group):
    stage()
    help_number()
    return theme_page(home_page(), group)


@pytest.fixture
def author(group):
    return member_of(group)


@pytest.fixture
def anne(db):
    return signatory()


@pytest.fixture
def put_online(author, anne):
    """A function (topic) → the topic, signed and published."""
    return lambda topic: publish(topic, author, anne)


@pytest.fixture
def picture(group):
    return illustration(collection=group.collection)


@pytest.fixture
def topic(theme, group, author, picture):
    """A draft that shows ``picture``."""
    return topic_page(theme, group, author, picture=picture)


@pytest.fixture
def others(db):
    """Who has no business with the group: another group's member, a partner's contact, a
    signatory who is not asked, and a member whose account is closed."""
    gone = member_of(WorkgroupFactory(name="Fermé"), is_active=False)
    return [member_of(WorkgroupFactory()), person("partner_manager"), person("signatory"), gone]


# A store of files that fails


@pytest.fixture
def line(request, settings, s3_server):
    """The site's files in a bucket behind a line that may be disturbed."""
    line = Line(s3_server)
    patience = 0.5 if "slow" in request.node.name else 10  # seconds
    with closing(files_in_bucket(settings, line.url, time_limit=patience, attempts=1)) as kept:
        next(kept)
        yield line
        default_storage.client.close()
    line.stop()


@pytest.fixture(params=["refused", "broken", "slow", "gone"])
def trouble(request):
    return request.param
