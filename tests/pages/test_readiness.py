from contextlib import closing

import pytest
from django.core.files.base import ContentFile

from pages.models import Stage, TopicPage
from tests.factories.media import CaptionTrackFactory, RecordingFactory
from tests.factories.pages import (
    complete_fields,
    help_number,
    placed,
    source,
    stage,
    stream,
)
from tests.factories.recordings import mp3
from tests.factories.workgroups import illustration
from workgroups import signing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def number(db):
    return help_number()


def problems(at="draft", **fields):
    """The fields at which something is missing."""
    picture = fields.pop("picture", None) or illustration()
    page = TopicPage(**{**complete_fields(picture), **fields})
    page.stages = [Stage.objects.first() or stage()]
    return [problem.field for problem in page.readiness_problems(at)]


def test_a_complete_topic_may_go_on():
    assert problems("draft") == []
    assert problems("illustration") == []


def test_an_empty_draft_says_all_that_is_missing():
    page = TopicPage(title="")
    page.stages = []
    assert [problem.field for problem in page.readiness_problems("draft")] == [
        "title",
        "key_message",
        "stages",
        "in_brief",
        "body",
        "sources",
    ]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_in_brief_has_two_to_four_points(count):
    points = stream(*[("point", "Un.")] * count)
    assert "in_brief" in problems(in_brief=points)


@pytest.mark.parametrize(
    "fields",
    [
        {"in_brief": stream(("point", "Un."), ("point", ""))},
        {"body": stream(("text", ""))},
        {"body": stream(("call_out", {"tone": "info", "heading": "", "text": ""}))},
        {"sources": stream(("source", source(url="")))},
        {"help_block": stream(("help", {"text": "", "numbers": []}))},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_block_that_lacks_something_is_named(fields):
    assert problems(**fields) == list(fields)


def test_pictures_are_not_asked_for_in_the_draft():
    body = stream(("picture", {"picture": {"image": None}, "caption": "À dessiner"}))
    missing = {"lead_illustration": None, "lead_alt_text": "", "body": body}
    assert problems("draft", **missing) == []
    assert problems("illustration", **missing) == ["lead_illustration", "body"]


@pytest.mark.parametrize(
    ("picture_fields", "fields", "field"),
    [
        ({}, {"lead_alt_text": " "}, "lead_alt_text"),
        ({"credit_name": ""}, {}, "lead_illustration"),
        ({"licence": ""}, {}, "lead_illustration"),
    ],
)
def test_the_lead_picture_has_its_text_credit_and_licence(picture_fields, fields, field):
    picture = illustration(**picture_fields)
    assert problems("illustration", picture=picture, **fields) == [field]


def test_a_decorative_picture_needs_no_text():
    fields = {"lead_alt_text": "", "lead_is_decorative": True}
    assert problems("illustration", **fields) == []


@pytest.mark.parametrize(
    ("picture_fields", "alt", "decorative", "count"),
    [
        ({}, "", False, 1),
        ({}, "", True, 0),
        ({}, "Un lit", False, 0),
        ({"credit_name": ""}, "Un lit", False, 1),
        ({"licence": ""}, "Un lit", False, 1),
    ],
)
def test_each_picture_of_the_body_is_complete(picture_fields, alt, decorative, count):
    picture = placed(illustration(**picture_fields), alt, decorative)
    body = stream(("picture", {"picture": picture, "caption": ""}))
    assert problems("illustration", body=body) == ["body"] * count


def a_film():
    return CaptionTrackFactory(recording__transcript="Bonsoir.").recording


def a_film_without_captions():
    return RecordingFactory(transcript="Bonsoir.")


def a_film_without_a_transcript():
    return CaptionTrackFactory(recording__transcript=" ").recording


def a_sound():
    return RecordingFactory(type="audio", transcript="Bonsoir.")


def a_sound_without_a_transcript():
    return RecordingFactory(type="audio", transcript="")


@pytest.mark.parametrize(
    ("make", "count"),
    [
        (a_film, 0),
        (a_film_without_captions, 1),
        (a_film_without_a_transcript, 1),
        (a_sound, 0),
        (a_sound_without_a_transcript, 1),
    ],
)
def test_what_is_said_in_a_film_or_a_sound_can_be_read(make, count):
    body = stream(("recording", {"heading": "Le soir", "recording": make().pk}))
    assert problems("draft", body=body) == []
    assert problems("illustration", body=body) == ["body"] * count


def test_an_infographic_says_itself_in_words():
    for words, missing in (("", ["body"]), ("D'abord le sein.", [])):
        picture = placed(illustration(long_description=words))
        body = stream(("infographic", {"picture": picture, "caption": "La tétée"}))
        assert problems("illustration", body=body) == missing


def test_a_recorded_version_is_a_sound():
    assert problems("illustration", recording=RecordingFactory(type="audio")) == []
    assert problems("illustration", recording=RecordingFactory()) == ["recording"]


def test_a_recorded_version_says_the_text_as_it_is(site):
    sound = RecordingFactory(type="audio")
    page = site.live(recording=sound)
    assert page.readiness_problems("illustration") == []
    page.key_message = "Se réveiller est normal."
    assert [p.field for p in page.readiness_problems("illustration")] == ["recording"]
    # Above all where what it says was wrong.
    page = TopicPage.objects.get(pk=page.pk)
    signing.withdraw(page, site.coordinator, "Une dose était fausse.")
    page = page.get_latest_revision_as_object()
    assert page.readiness_problems("illustration") == []
    page.key_message = "Se réveiller est normal."
    assert [p.field for p in page.readiness_problems("illustration")] == ["recording"]
    page.recording = RecordingFactory(type="audio", file=ContentFile(mp3(7), "autre.mp3"))
    assert page.readiness_problems("illustration") == []


def test_a_recorded_version_takes_the_place_of_the_devices_voice(client, site):
    sound = RecordingFactory(type="audio")
    html = client.get(site.live(recording=sound).get_url()).content.decode()
    assert f'src="{sound.url}"' in html
    assert "listen.js" not in html
    with closing(client.get(sound.url)) as reply:
        assert reply.status_code == 200
