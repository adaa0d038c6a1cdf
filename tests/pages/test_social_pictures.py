"""The picture that a shared link shows is made at publication, of what was published."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from wagtail.models import Locale

from media.failures import StoreError
from pages import social_pictures
from tests.factories.media import picture_upload
from tests.factories.workgroups import illustration
from workgroups import signing


@pytest.fixture
def published(site, django_capture_on_commit_callbacks):
    def publish(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            return site.live(**fields)

    return publish


def address(client, topic):
    html = client.get(topic.get_url()).content.decode()
    return re.search(r'og:image" content="http://testserver([^"]+)"', html)[1]


def picture(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert not response.cookies
    return Image.open(BytesIO(b"".join(response.streaming_content)))


def test_it_stands_there_from_the_publication_on(client, published, monkeypatch):
    red = illustration(file=picture_upload(size=(900, 700), colour="red"))
    topic = published(lead_illustration=red)
    monkeypatch.setattr(social_pictures, "draw", None)  # not made when it is asked for
    shown = picture(client, address(client, topic))
    assert shown.size == (1200, 630)
    assert shown.getpixel((1190, 300))[0] > 200 > shown.getpixel((1190, 300))[1]
    assert min(shown.getpixel((20, 20))) > 200  # the title's side is a wash
    dark = [x for x in range(60, 600) if max(shown.getpixel((x, 300))) < 90]
    assert dark  # letters


def test_another_picture_has_another_address(client, published, monkeypatch):
    topic = published()
    before = address(client, topic)
    monkeypatch.setattr(social_pictures, "DESIGN", "another")
    assert address(client, topic) != before
    # Not made yet: whoever asks for it has it made, and the old one goes.
    picture(client, address(client, topic))
    assert len(default_storage.listdir(f"social/{topic.pk}")[1]) == 1


def test_it_goes_with_the_topic(client, site, published):
    topic = published()
    url = address(client, topic)
    signing.withdraw(topic, site.coordinator, "Une dose était fausse.")
    assert client.get(url).status_code == 404
    (name,) = default_storage.listdir(f"social/{topic.pk}")[1]
    assert client.get(f"/media/social/{topic.pk}/{name}").status_code == 404


def test_the_illustration_takes_its_place_where_it_cannot_be_made(client, published, monkeypatch):
    topic = published(lead_illustration=illustration(file=picture_upload(size=(900, 700))))
    monkeypatch.setattr(social_pictures, "DESIGN", "another")

    def refuse(*args, **kwargs):
        raise StoreError

    monkeypatch.setattr(default_storage, "save", refuse)
    response = client.get(address(client, topic))
    assert response.status_code == 302
    assert response["Location"].endswith(".jpg")


def test_every_writing_is_set_or_left_to_the_illustration(site):
    topic = site.draft()
    for language, title in (
        ("ar", "هل ينام طفلي؟"),
        ("uk", "Чому дитина плаче"),
        ("tr", "Bebeğim ağlıyor 🍼"),
        ("fr", "a" * 200),
    ):
        topic.title, topic.locale = title, Locale(language_code=language)
        assert social_pictures.draw(topic).size == (1200, 630)
