"""The sign-off page shows all that differs from what was last signed, and nothing else."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from pages.models import TopicPage
from tests.factories.media import MP4, CaptionTrackFactory, picture_upload
from tests.factories.pages import placed, source, stream
from tests.factories.workgroups import bring_to_sign_off, illustration, publish
from workgroups import workflow
from workgroups.comparison import changes
from workgroups.models.editorial_page import hash_of
from workgroups.parts import PartsReader, paragraphs

LABELS = TopicPage.content_labels


@pytest.fixture
def second_round(world, login):
    """A function (first fields, changed fields) → the changes that the signatory sees."""

    def second_round(first, **changed):
        page = publish(world.make_topic(**first), world.author, world.signatory)
        workflow.start_round(page, world.author)
        page = TopicPage.objects.get(pk=page.pk)
        for name, value in changed.items():
            setattr(page, name, value)
        page.save_revision(user=world.author)
        bring_to_sign_off(page, world.author)
        response = login(world.signatory).get(reverse("editorial_sign_off", args=[page.pk]))
        return response.context["changes"]

    return second_round


def text(html):
    return f"<p>{html}</p>"


def body(kind, value):
    return stream((kind, value))


def every_block(film):
    """A body in which every block says something."""
    steps = [
        {"picture": placed(illustration()), "title": name, "text": f"{name}."} for name in "AB"
    ]
    return stream(
        ("text", "<h2>Titre</h2><p>Un <b>deux</b></p><ul><li>Trois</li></ul>"),
        ("steps", {"heading": "Le rituel", "steps": steps}),
        ("picture", {"picture": placed(illustration(), decorative=True), "caption": "Lit"}),
        ("do_dont", {"do": ["Parler bas."], "dont": ["Un écran.", "Un cri."]}),
        ("true_false", {"statement": "Il dort.", "answer": "true", "explanation": "Oui."}),
        ("call_out", {"tone": "tip", "heading": "La faim", "text": "Elle compte."}),
        ("recording", {"heading": "Le soir", "recording": film.pk}),
    )


def test_an_unchanged_second_round_shows_no_change(second_round):
    film = CaptionTrackFactory(recording__thumbnail=picture_upload()).recording
    assert second_round({"body": every_block(film)}) == []


def test_one_word_is_one_change_with_the_word_marked(second_round):
    (change,) = second_round({}, key_message="Se réveiller la nuit est courant.")
    assert "<del>normal.</del>" in change.before
    assert "<ins>courant.</ins>" in change.now
    assert change.label == "Message clé"


def shown(change):
    return strip_tags(change.before), strip_tags(change.now)


def test_a_sentence_that_moves_to_the_other_list_is_taken_out_and_put_in(second_round):
    before = {"do": ["Le dos."], "dont": ["Un oreiller.", "Le ventre."]}
    now = {"do": ["Le dos.", "Un oreiller."], "dont": ["Le ventre."]}
    gone, come = second_round({"body": body("do_dont", before)}, body=body("do_dont", now))
    assert shown(gone) == ("Un oreiller.", "")
    assert shown(come) == ("", "Un oreiller.")
    assert gone.label != come.label


def test_a_picture_that_only_decorates_now(second_round):
    (change,) = second_round({}, lead_is_decorative=True)
    assert change.now
    assert not change.before


def test_an_alternative_text_that_is_gone(second_round):
    decorates, gone = sorted(
        second_round({}, lead_is_decorative=True, lead_alt_text=""), key=lambda c: str(c.before)
    )
    assert decorates.now
    assert gone.before
    assert not gone.now


def test_another_picture_is_shown_beside_the_signed_one(second_round):
    picture, other = illustration(), illustration(title="Autre")
    found = second_round({"picture": picture}, lead_illustration=other)
    (change,) = [change for change in found if change.picture_now]
    assert (change.picture_before.pk, change.picture_now.pk) == (picture.pk, other.pk)


def test_a_link_that_leads_elsewhere_says_where(world, second_round):
    one, two = (
        publish(world.make_topic(title, slug=slug), world.author, world.signatory)
        for title, slug in (("Le bain", "le-bain"), ("Les dents", "les-dents"))
    )
    draft = world.make_topic("Secretissime", slug="secretissime")
    bodies = [
        body("text", text(f'Lisez <a linktype="page" id="{page.pk}">ceci</a>.'))
        for page in (one, two, draft)
    ]
    (change,) = second_round({"body": bodies[0]}, body=bodies[1])
    assert "Le bain" in change.before
    assert one.get_url() in change.before
    assert "Les dents" in change.now
    (change,) = second_round({"body": bodies[0], "slug": "autre"}, body=bodies[2])
    assert str(draft.pk) in change.now
    assert "ecret" not in change.now


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("<p>Ne <b>jamais</b> le secouer</p>", "<p>Ne jamais le secouer</p>"),
        ("<p>Un</p><p>Deux</p>", "<h2>Un</h2><p>Deux</p>"),
        ("<h2>Un</h2>", "<h3>Un</h3>"),
        ("<ul><li>Un</li></ul>", "<ol><li>Un</li></ol>"),
        ("<ul><li>Un</li></ul>", "<p>Un</p>"),
        ("<p>Un</p>", "<p>Un</p><p></p>"),
        ("<p>37 °C</p>", "<p>37\N{NO-BREAK SPACE}°C</p>"),
        ("<p>Un</p>", "<p><i>Un</i></p>"),
    ],
)
def test_another_look_of_the_same_words_is_said_in_words(second_round, before, now):
    (change,) = second_round({"body": body("text", before)}, body=body("text", now))
    assert strip_tags(change.before) != strip_tags(change.now)
    assert "[" in strip_tags(change.before) + strip_tags(change.now)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("text", "<p>Un</p><p>Deux</p>"), [("text", "<p>Un</p>"), ("text", "<p>Deux</p>")]),
        (
            ("do_dont", {"do": ["A.", "B."], "dont": ["C."]}),
            [
                ("do_dont", {"do": ["A.", "B."], "dont": []}),
                ("do_dont", {"do": [], "dont": ["C."]}),
            ],
        ),
    ],
)
def test_the_same_words_in_other_blocks_are_a_change(first, then):
    contents = [
        {"body": [{"type": kind, "value": value} for kind, value in map(read, blocks)]}
        for blocks in ([first], then)
    ]
    found = changes(*contents, LABELS)
    assert len(found) == 1
    assert strip_tags(found[0].now)


def read(block):
    kind, value = block
    return kind, {k: v for k, v in value.items() if v} if isinstance(value, dict) else value


def test_words_that_stand_for_others_are_said(second_round):
    call_out = {"tone": "warning", "heading": "La faim", "text": "Elle compte."}
    first = {"body": body("call_out", call_out)}
    (change,) = second_round(first, body=body("call_out", {**call_out, "tone": "info"}))
    assert "warning" not in change.before
    assert "info" not in change.now


def test_another_film_is_no_empty_line(second_round):
    films = [CaptionTrackFactory(recording__file=upload).recording for upload in two_films()]
    bodies = [body("recording", {"heading": "Le soir", "recording": film.pk}) for film in films]
    (change,) = second_round({"body": bodies[0]}, body=bodies[1])
    assert change.before
    assert change.now
    assert change.before != change.now


def two_films():
    return [SimpleUploadedFile("film.mp4", MP4 + end) for end in (b"a", b"b")]


def test_the_order_of_keys_says_nothing(world):
    """PostgreSQL gives the keys of a stored content back in its own order."""
    film = CaptionTrackFactory().recording
    content = world.make_topic(body=every_block(film)).canonical_content()
    turned = reversed_keys(content)
    assert list(turned) != list(content)
    assert PartsReader(LABELS).parts(turned) == PartsReader(LABELS).parts(content)
    del turned["title"]
    (change,) = changes(content, turned, LABELS)
    assert change.label == "Titre"


def reversed_keys(value):
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(item) for item in value] if isinstance(value, list) else value


def leaves(value, way=()):
    """The way to each value under a content."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*way, key))
    else:
        yield way


def changed_at(content, way):
    changed = json.loads(json.dumps(content))
    *before, last = way
    place = changed
    for key in before:
        place = place[key]
    old = place[last]
    place[last] = not old if isinstance(old, bool) else f"{old} autre"
    return changed


def test_no_value_of_a_content_changes_unseen(world):
    film = CaptionTrackFactory(
        recording__thumbnail=picture_upload(), recording__transcript="Bonsoir."
    ).recording
    page = world.make_topic(
        body=every_block(film),
        seo_title="Nuit",
        search_description="La nuit",
        sources=stream(("source", source())),
        help_block=stream(("help", {"text": "Fièvre.", "numbers": ["samu-15"]})),
    )
    content = page.canonical_content()
    ways = list(leaves(content))
    assert len(ways) > 60
    for way in ways:
        found = changes(content, changed_at(content, way), LABELS)
        assert found, way
        assert all(strip_tags(c.before) != strip_tags(c.now) for c in found), way


def test_every_place_of_a_content_has_a_name(world):
    """A label that a block lacks would be that of what is around it."""
    film = CaptionTrackFactory(recording__thumbnail=picture_upload()).recording
    page = world.make_topic(body=every_block(film), sources=stream(("source", source())))
    unnamed = {
        part.place
        for part in PartsReader(LABELS).parts(page.canonical_content())
        if part.place not in LABELS
    }
    assert not unnamed


def test_what_cannot_be_shown_is_never_called_nothing():
    one, other = {"body": [["a"], ["b"]]}, {"body": [["a", "b"]]}
    assert hash_of(one) != hash_of(other)
    (change,) = changes(one, other, {})
    assert strip_tags(change.now)


def test_accents_in_two_forms_are_one_content():
    assert changes({"title": "é"}, {"title": "e\N{COMBINING ACUTE ACCENT}"}, LABELS) == []


def test_words_of_authors_are_no_mark_up():
    (change,) = changes({"title": "a"}, {"title": "<script>x</script> &amp;"}, LABELS)
    assert "<script>" not in change.now
    assert "&lt;script&gt;" in change.now
    assert "&amp;amp;" in change.now


def test_lists_in_lists_lose_no_word():
    html = "<ul><li>Un<ol><li>Deux</li></ol></li><li>Trois</li></ul>"
    found = [" ".join(word.text for word in words) for words, _source in paragraphs(html)]
    assert [re.sub(r".* ", "", words) for words in found] == ["Un", "Deux", "Trois"]
