"""Whoever translated a string, drew a picture or wrote a transcript wrote in the
topic, whatever became of it since."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from pages.models import TopicPage
from tests.factories.media import CaptionTrackFactory, RecordingFactory
from tests.factories.pages import stream
from tests.factories.workgroups import bring_to_sign_off, illustration, person, signature_for
from tests.workgroups.test_nobody_signs_what_they_wrote import assert_cannot_sign, in_english
from workgroups import signing
from workgroups.authorship import writers_of
from workgroups.models import EditorialRecord

WORDS = "Waking up at night is normal."


@pytest.fixture
def writer(world):
    """Somebody who may sign and may edit everything."""
    return person("signatory", "coordinator", profession="sage-femme")


class Translating:
    """wagtail-localize's editor on the English page of a topic."""

    def __init__(self, world, client):
        self.client, self.author = client, world.author
        self.source = world.make_topic()
        self.page = TopicPage.objects.get(pk=in_english(world, self.source).pk)
        source, _made = TranslationSource.get_or_create_from_instance(self.source)
        self.translation = Translation.objects.create(source=source, target_locale=self.page.locale)
        self.segment = source.stringsegment_set.get(context__path="key_message")
        self.address = reverse(
            "wagtail_localize:edit_string_translation", args=[self.translation.pk, self.segment.pk]
        )

    def write(self, user, words=WORDS):
        self.client.force_login(user)
        sent = {"content_type": "application/x-www-form-urlencoded"}
        response = self.client.put(self.address, urlencode({"value": words}), **sent)
        assert response.status_code in (200, 201)

    def keep(self, words=WORDS):
        """Save the page, with the author's name under its revision."""
        self.translation.save_target(user=self.author, publish=False)
        self.page = TopicPage.objects.get(pk=self.page.pk)
        assert self.page.get_latest_revision_as_object().key_message == words
        return self.page


@pytest.fixture
def translating(world, client, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("fr", "F"),
        ("en", "E"),
        ("de", "D"),
    ]
    return Translating(world, client)


def test_after_a_comma_of_somebody_else(world, translating, writer):
    translating.write(writer, "Waking up at night is normal")
    translating.write(world.author)
    assert_cannot_sign(translating.keep(), writer)


def test_after_the_string_was_taken_away(world, translating, writer, client):
    translating.write(writer)
    page = translating.keep()
    client.delete(translating.address)
    assert_cannot_sign(page, writer)


def test_in_a_copy_of_the_translation(world, translating, writer):
    translating.write(writer)
    page = translating.keep()
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False, user=world.author)
    assert_cannot_sign(TopicPage.objects.get(pk=copy.pk), writer)


def test_in_a_translation_of_the_translation(world, translating, writer):
    translating.write(writer)
    german = Locale.objects.create(language_code="de")
    third = translating.keep().copy_for_translation(german, copy_parents=True)
    assert_cannot_sign(TopicPage.objects.get(pk=third.pk), writer)


def test_whoever_chose_something_else_for_a_language(world, translating, writer):
    SegmentOverride.objects.create(
        locale=translating.page.locale,
        context=translating.segment.context,
        last_translated_by=writer,
        data_json='"autre"',
    ).delete()
    assert_cannot_sign(translating.page, writer)


def test_before_there_is_a_page_to_log_it_on(world, translating, writer):
    german = Locale.objects.create(language_code="de")
    for user in (writer, world.author):
        StringTranslation.objects.update_or_create(
            translation_of=translating.segment.string,
            locale=german,
            context=translating.segment.context,
            defaults={"data": f"{WORDS} {user.pk}", "last_translated_by": user},
        )
    page = translating.source.copy_for_translation(german, copy_parents=True)
    assert writer.pk in writers_of(page)


def test_the_history_has_one_line_for_what_is_translated_in_a_row(world, translating, writer):
    entries = PageLogEntry.objects.filter(page=translating.page.pk, user=writer)
    for words in (WORDS, f"{WORDS}.", f"{WORDS}!"):
        translating.write(writer, words)
    assert entries.count() == 1
    log(instance=translating.page, action="wagtail.edit", user=world.author)
    translating.write(writer)
    assert entries.count() == 2


def film_data(film, **changes):
    data = {
        "title": film.title, "file": "", "transcript": film.transcript, "tags": "",
        "credit_name": "Inès", "licence": "full_rights", "collection": film.collection_id,
        "duration": 0, "width": "", "height": "", "thumbnail": "",
    }  # fmt: skip
    return {**data, **changes}


def test_whoever_wrote_the_transcript(world, login, writer):
    film = RecordingFactory(collection=world.group.collection, transcript="Ancien.")
    CaptionTrackFactory(recording=film)
    page = world.make_topic(body=stream(("recording", {"heading": "Film", "recording": film.pk})))
    bring_to_sign_off(page, world.author)
    login(writer).post(
        reverse("wagtailmedia:edit", args=[film.pk]), film_data(film, transcript="Le mien.")
    )
    film.refresh_from_db()
    assert film.transcript == "Le mien."
    with pytest.raises(PermissionDenied):
        signing.sign(page.pk, writer, signature_for(page))
    # Words that nobody uses bar nobody.
    page = world.make_topic("Sans le film", slug="sans-le-film")
    bring_to_sign_off(page, world.author)
    record = EditorialRecord.objects.get(page_id=page.pk)
    assert signing.why_not(page, record, writer) is None


def drew(picture, user):
    picture.credit_user = user
    picture.save()


def uploaded(picture, user):
    picture.uploaded_by_user = user
    picture.save()


def edited(picture, user):
    log(instance=picture, action="wagtail.edit", user=user)


@pytest.mark.parametrize("did", [drew, uploaded, edited], ids=lambda did: did.__name__)
def test_whoever_made_or_changed_a_picture(world, writer, did):
    picture = illustration()
    did(picture, writer)
    assert_cannot_sign(world.make_topic(picture=picture), writer)
