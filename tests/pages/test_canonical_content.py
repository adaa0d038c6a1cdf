"""Whatever parents or search engines see changes what is signed."""

import json
from datetime import date
from uuid import uuid4

import pytest

from media.models import CaptionTrack
from pages.models import TopicPage
from tests.factories.media import CaptionTrackFactory, RecordingFactory
from tests.factories.pages import complete_fields, placed, source, stage, stream
from tests.factories.workgroups import illustration

pytestmark = pytest.mark.django_db

VALUES = {
    "text": "<p>Un</p>",
    "do_dont": {"do": ["Parler bas."], "dont": ["Un écran."]},
    "true_false": {"statement": "Il fera sa nuit.", "answer": "false", "explanation": "Non."},
    "call_out": {"tone": "info", "heading": "La faim", "text": "Elle compte."},
    "table": {
        "caption": "Son sommeil",
        "columns": ["Son âge", "Ses heures"],
        "rows": [{"heading": "1 an", "cells": ["11 à 14"]}],
    },
    "quotation": {"words": "Nous nous relayons.", "who": "Yasmine", "role": "maman"},
    "public_service": {"service": "caf", "text": "Demandez vos droits."},
    "near_you": {"text": "La PMI vous reçoit.", "kinds": ["pmi"], "speciality": "lactation"},
}


def topic(**fields):
    page = TopicPage(**{**complete_fields(fields.pop("picture", None)), **fields})
    page.stages = []
    return page


def content(**fields):
    return topic(**fields).canonical_content()


def body(kind, value):
    return content(body=stream((kind, value)))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Autre"},
        {"seo_title": "Autre"},
        {"search_description": "Autre"},
        {"key_message": "Autre"},
        {"lead_alt_text": "Autre"},
        {"lead_is_decorative": True},
        {"in_brief": stream(("point", "Un."), ("point", "Trois."))},
        {"in_brief": stream(("point", "Deux."), ("point", "Un."))},
        {"body": stream(("text", "<p>Autre</p>"))},
        {"help_block": stream(("help", {"text": "Autre", "numbers": ["samu-15"]}))},
        {"help_block": stream(("help", {"text": "S'il a de la fièvre.", "numbers": []}))},
        {"sources": stream(("source", source(title="Autre")))},
        {"sources": stream(("source", source(publisher="Autre")))},
        {"sources": stream(("source", source(url="https://autre.fr/")))},
        {"sources": stream(("source", source(read_on="2026-10-02")))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_field_counts(change):
    assert content(**change) != content()


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, value in VALUES.items() if isinstance(value, dict) for name in value],
)
def test_every_field_of_a_block_counts(kind, name):
    value = VALUES[kind]
    other = ["Autre"] if isinstance(value[name], list) else "autre"
    if name == "rows":
        other = [{"heading": "1 an", "cells": ["Autre"]}]
    assert body(kind, {**value, name: other}) != body(kind, value)


def test_a_step_counts_with_its_picture_and_its_words():
    picture, other = illustration(), illustration()
    step = {"picture": placed(picture), "title": "Baisser", "text": "Avant."}
    steps = {"heading": "Le rituel", "steps": [step]}
    changed = [
        {**steps, "heading": "Autre"},
        *(
            {**steps, "steps": [{**step, **change}]}
            for change in (
                {"title": "Autre"},
                {"text": "Autre"},
                {"picture": placed(other)},
                {"picture": placed(picture, alt="Autre")},
                {"picture": placed(picture, decorative=True)},
            )
        ),
    ]
    for value in changed:
        assert body("steps", value) != body("steps", steps)


@pytest.mark.parametrize("kind", ["picture", "infographic"])
def test_a_caption_counts(kind):
    value = {"picture": placed(illustration()), "caption": "Son lit"}
    assert body(kind, {**value, "caption": "Autre"}) != body(kind, value)


def test_a_card_counts_with_its_picture_and_its_words():
    picture = illustration()
    card = {"picture": placed(picture), "title": "Un livre", "text": "Le soir."}
    cards = {"heading": "Idées", "cards": [card]}
    for change in ({"title": "Autre"}, {"text": "Autre"}, {"picture": placed(picture, alt="A")}):
        assert body("cards", {**cards, "cards": [{**card, **change}]}) != body("cards", cards)


def test_a_recorded_version_and_who_understood_an_easy_one_count():
    sound, picture = RecordingFactory(type="audio"), illustration()
    easy = {"easy_version_of": uuid4()}
    said = {**easy, "understood_by": "Un atelier", "understood_on": date(2026, 10, 1)}
    different = [
        {},
        {"recording": sound},
        easy,
        said,
        {**said, "understood_by": "Autre"},
        {**said, "understood_on": date(2026, 10, 2)},
    ]
    contents = [content(**fields, picture=picture) for fields in different]
    assert all(contents.count(one) == 1 for one in contents)


@pytest.mark.parametrize(
    "change",
    [
        {"credit_name": "Maud"},
        {"licence": "cc_by"},
        {"file_sha256": "0" * 64},
        {"long_description": "Un"},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("place", ["lead", "body"])
def test_a_picture_counts_with_its_file_credit_and_licence(change, place):
    def now():
        picture.refresh_from_db()
        if place == "lead":
            return content(lead_illustration=picture)
        return body("picture", {"picture": placed(picture), "caption": ""})

    picture = illustration()
    before = now()
    type(picture).objects.filter(pk=picture.pk).update(**change)
    assert now() != before


def test_a_film_counts_with_its_captions_and_transcript():
    film = RecordingFactory(transcript="Bonsoir.")
    track = CaptionTrackFactory(recording=film)

    def now():
        return body("recording", {"heading": "Le rituel", "recording": film.pk})

    seen = [now()]
    for change in ({"transcript": "Autre"}, {"file_sha256": "0" * 64}, {"credit_name": "X"}):
        type(film).objects.filter(pk=film.pk).update(**change)
        seen.append(now())
    CaptionTrack.objects.filter(pk=track.pk).update(file_sha256="1" * 64)
    seen.append(now())
    seen.append(body("recording", {"heading": "Autre", "recording": film.pk}))
    assert all(a != b for i, a in enumerate(seen) for b in seen[i + 1 :])


def test_the_stages_count():
    page = topic()
    before = page.canonical_content()
    page.stages = [stage()]
    assert page.canonical_content() != before


def test_a_new_field_of_a_block_would_count():
    """The walk follows the block definitions: it names no field of a block."""
    block = TopicPage._meta.get_field("body").stream_block.child_blocks["call_out"]
    value = body("call_out", VALUES["call_out"])["body"][0]["value"]
    assert set(value) == set(block.child_blocks)


def test_what_nobody_sees_does_not_count():
    """Block ids, and whether it was read from the database or from a form."""
    blocks = json.loads(complete_fields(None)["body"])
    with_ids = json.dumps([{**block, "id": "6c1b"} for block in blocks])
    assert content(body=with_ids) == content()


def test_it_is_the_same_from_a_revision(site):
    page = site.draft()
    revision = page.get_latest_revision()
    assert revision.as_object().canonical_content() == page.canonical_content()
    json.dumps(page.canonical_content())


def test_used_files_are_all_named_once():
    lead, step, film = illustration(), illustration(), RecordingFactory()
    page = topic(
        lead_illustration=lead,
        body=stream(
            ("picture", {"picture": placed(step), "caption": ""}),
            ("picture", {"picture": placed(lead), "caption": ""}),
            ("recording", {"heading": "Film", "recording": film.pk}),
        ),
    )
    # By key: Wagtail's pictures differ when their alternative texts do.
    used = [(type(file), file.pk) for file in page.used_files()]
    assert len(used) == 3
    assert set(used) == {(type(file), file.pk) for file in (lead, step, film)}
