"""A picture of an entry: sent with a form, cleaned as all pictures are, and gone when it goes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from media.models import Illustration
from professionals import links
from professionals.links import Purpose
from professionals.models import Professional
from tests.factories.media import IllustrationFactory, picture_upload
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db

TEXT = "La porte bleue, avec sa rampe"


def photo(name="image.jpg"):
    """What a phone takes: with the place where it was."""
    exif = Image.Exif()
    exif[0x010E] = "chez Awa"
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(stream, "JPEG", exif=exif)
    return SimpleUploadedFile(name, stream.getvalue())


def answer(client, picture):
    response = client.get(picture.file.url)
    if response.streaming:
        response.getvalue()  # or its file stays open
    return response.status_code


@pytest.fixture
def offer(visitor):
    """The address of the step with the description, and what is sent there."""
    return visitor.send(visitor.begin().url, visitor.steps.place).url, visitor.steps.offer


def test_a_picture_is_cleaned_and_asks_for_its_text(visitor, offer):
    here, said = offer
    page = visitor.send(here, said | {"picture_file": photo()})
    assert visitor.errors(page) == {"picture_text"}
    # Kept: nobody has to find it again. It is no picture of the entry yet.
    assert 'name="picture_drop"' in page.content.decode()
    assert Professional.objects.get().picture is None
    assert visitor.send(here, said | {"picture_text": TEXT}).status_code == 303
    entry = Professional.objects.get()
    assert (entry.picture_text, entry.picture) == (TEXT, Illustration.objects.get())
    with entry.picture.file.open() as stored:
        assert b"chez Awa" not in stored.read()
    assert visitor.errors(visitor.send(here, said)) == {"picture_text"}


def test_one_that_is_refused_loses_nothing_and_a_good_one_waits_for_the_rest(visitor, offer):
    here, said = offer
    said = said | {"picture_text": TEXT, "description": "Je vous accueille."}
    for bad in (SimpleUploadedFile("a.jpg", b"MZ"), SimpleUploadedFile("a.jpg", b"")):
        page = visitor.send(here, said | {"picture_file": bad})
        assert visitor.errors(page) == {"picture_file"}
        assert TEXT in page.content.decode()
    assert not Illustration.objects.exists()
    page = visitor.send(here, said | {"telephone": "12", "picture_file": photo("a.jpg")})
    assert visitor.errors(page) == {"telephone"}
    page = visitor.send(here, said | {"telephone": "12", "picture_file": photo("b.jpg")})
    assert [one.title for one in Illustration.objects.all()] == ["b.jpg"]
    assert visitor.errors(visitor.get(here)) == {"telephone"}
    visitor.send(here, said)
    assert Professional.objects.get().picture.title == "b.jpg"


def test_another_one_takes_its_place_and_a_tick_deletes_it(visitor, client):
    entry = ProfessionalFactory(published=True)
    here = f"/fr/professionnels/modifier/lien/{links.create(entry, Purpose.EDIT)}/"
    here = f"{visitor.send(here).url}offre/"
    said = {"priorities": [one.pk for one in entry.priorities.all()], "picture_text": TEXT}
    visitor.send(here, said | {"picture_file": photo("a.jpg")})
    first = Illustration.objects.get()
    public = client.get(entry.get_absolute_url()).content.decode()
    assert TEXT in public
    assert first.get_rendition("width-400|format-webp|webpquality-72").url in public
    assert answer(client, first) == 200
    visitor.send(here, said | {"picture_file": photo("b.jpg")})
    second = Illustration.objects.get()
    assert second.title == "b.jpg"
    assert not first.file.storage.exists(first.file.name)
    # What was said before is still there to compare with.
    visitor.send(
        f"{here[:-6]}qui/",
        {"name": "Autre", "is_natural_person": "no", "kind": entry.kind_id, "email": entry.email},
    )
    visitor.send(here, said | {"picture_drop": second.pk})
    assert not Illustration.objects.exists()
    entry = Professional.objects.get()
    assert (entry.picture, entry.picture_text) == (None, "")
    assert entry.waiting_change().name == "Autre"


def test_moderators_see_it_before_parents_do(client, moderator):
    picture = IllustrationFactory(file=picture_upload())
    entry = ProfessionalFactory(state="in_review", picture=picture, picture_text=TEXT)
    page = client.get(reverse("directory_desk", args=[entry.pk])).content.decode()
    assert f'alt="{TEXT}"' in page
    assert answer(client, picture) == 200
    client.logout()
    assert answer(client, picture) == 404
