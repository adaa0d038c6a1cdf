"""Accepting a final picture: it stands in the draft, or nothing has changed."""

from pathlib import Path

import pytest
from wagtail.models import PageLogEntry

from media.models import Illustration
from pages.models import TopicPage
from tests.factories.briefs import asked, delivered
from tests.factories.media import picture_bytes
from tests.workgroups.brief_doors import ask_data, draft_of, fresh, stored, url
from tests.workgroups.doors import told
from tests.workgroups.test_story import edit_url, editor_data, hand_on
from workgroups.forms import EditorialPageForm
from workgroups.models import EditorialRecord


@pytest.fixture
def topic(draft_topic):
    return draft_topic


@pytest.fixture
def brief(world, topic):
    return asked(topic, world.author)


def accept(client, brief, version, **data):
    data = data or {"alt_text": "Un père berce son bébé."}
    return client.post(url("brief_accept", brief), {"version": version.pk, **data})


def test_accepting_makes_the_picture_and_puts_it_in_its_place(world, topic, login, brief):
    version = delivered(brief, world.illustrator)
    revision = topic.latest_revision_id
    response = accept(login(world.author), brief, version)
    assert response.url == url("brief", brief)
    picture = fresh(brief).illustration
    assert fresh(brief).state == "accepted"
    assert picture.collection == world.group.collection
    assert picture.credit_user == world.illustrator
    assert picture.credit_name == str(world.illustrator)
    assert picture.licence == "full_rights"
    assert picture.description == "Un père berce son bébé."
    assert topic.draft_title in picture.title
    assert Path(picture.file.path).read_bytes() == picture_bytes()
    draft = draft_of(topic)
    assert draft.latest_revision_id != revision
    assert draft.lead_illustration == picture
    assert draft.lead_alt_text == "Un père berce son bébé."
    assert draft.get_latest_revision().user == world.author
    assert PageLogEntry.objects.filter(action="workgroups.brief_accepted").count() == 1


def test_a_credit_by_name_goes_with_the_picture(world, topic, login):
    fields = {"credit_name": "Lou Petit", "licence": "other", "licence_text": "Licence ouverte 2.0"}
    brief = asked(topic, world.author, **fields)
    accept(login(world.author), brief, delivered(brief, world.illustrator))
    picture = fresh(brief).illustration
    assert (picture.credit_user, picture.credit_name) == (None, "Lou Petit")
    assert picture.licence_text == "Licence ouverte 2.0"


def test_without_a_credit_it_is_hers_who_was_asked(world, topic, login):
    """Though a coordinator delivers what she sent by mail."""
    brief = asked(topic, world.author, illustrator=world.illustrator)
    accept(login(world.author), brief, delivered(brief, world.coordinator))
    assert fresh(brief).illustration.credit_user == world.illustrator


@pytest.mark.parametrize(
    "data", [{"alt_text": " "}, {"alt_text": "Un père.", "decorative": "on"}, {"other": "1"}]
)
def test_an_alternative_text_or_decorative_and_never_both(world, topic, login, brief, data):
    version = delivered(brief, world.illustrator)
    pictures = Illustration.objects.count()
    response = accept(login(world.author), brief, version, **data)
    assert response.context["form"].errors
    assert fresh(brief).state == "final"
    assert Illustration.objects.count() == pictures


def test_decorative_it_says_nothing(world, topic, login, brief):
    accept(login(world.author), brief, delivered(brief, world.illustrator), decorative="on")
    draft = draft_of(topic)
    assert draft.lead_is_decorative
    assert draft.lead_alt_text == ""


def test_two_clicks_accept_once(world, topic, login, brief):
    version = delivered(brief, world.illustrator)
    client = login(world.author)
    pictures, revisions = Illustration.objects.count(), topic.revisions.count()
    for _click in range(2):
        response = accept(client, brief, version)
    assert told(response)
    assert Illustration.objects.count() == pictures + 1
    assert topic.revisions.count() == revisions + 1


def refused(client, brief, version, topic):
    """Accepting leaves everything as it was, and says why."""
    pictures, files = Illustration.objects.count(), len(stored("original_images"))
    latest = TopicPage.objects.get(pk=topic.pk).latest_revision_id
    response = accept(client, brief, version)
    assert told(response)
    assert response.url == url("brief", brief)
    assert fresh(brief).illustration is None
    assert Illustration.objects.count() == pictures
    assert len(stored("original_images")) == files
    assert TopicPage.objects.get(pk=topic.pk).latest_revision_id == latest


def test_not_before_the_final_nor_an_older_one(world, topic, login, brief):
    client = login(world.author)
    sketch = delivered(brief, world.illustrator, "sketch")
    refused(client, brief, sketch, topic)
    final = delivered(brief, world.illustrator, "final")
    delivered(brief, world.illustrator, "final", "coral")
    refused(client, brief, final, topic)


def test_not_into_a_place_that_is_gone(world, topic, login):
    key = next(key for key, _label in draft_of(topic).picture_places() if key != "lead")
    brief = asked(topic, world.author, place=key)
    version = delivered(brief, world.illustrator)
    draft = draft_of(topic)
    draft.body = [block for block in draft.body.raw_data if block["type"] != "picture"]
    draft.save_revision(user=world.author)
    client = login(world.author)
    refused(client, brief, version, topic)
    # The way out: another place for it.
    client.post(url("brief_change", brief), ask_data())
    accept(client, brief, version)
    assert fresh(brief).state == "accepted"


def test_not_while_the_topic_is_with_its_signatory(world, topic, login, brief):
    version = delivered(brief, world.illustrator)
    EditorialRecord.objects.filter(page=topic.pk).update(stage="sign_off")
    refused(login(world.author), brief, version, topic)


def test_an_editor_open_meanwhile_is_told(world, topic, login, brief):
    """Wagtail's own message: somebody has saved a newer version."""
    version = delivered(brief, world.illustrator)
    before = topic.latest_revision
    accept(login(world.second_author), brief, version)
    data = editor_data(
        world,
        topic.lead_illustration,
        loaded_revision_id=before.pk,
        overwrite_revision_id=before.pk,
        loaded_revision_created_at=before.created_at.isoformat(),
    )
    response = login(world.author).post(
        edit_url(topic), data, headers={"Accept": "application/json"}
    )
    assert response.json()["error_code"] == "invalid_revision"
    assert draft_of(topic).lead_illustration == fresh(brief).illustration


def opened(world, topic, client):
    """What an editor that is opened now sends when it is saved."""
    form = client.get(edit_url(topic)).context["form"]
    return editor_data(
        world,
        draft_of(topic).lead_illustration,
        key_message="Mon long travail.",
        opened_with_pictures=form["opened_with_pictures"].value(),
        opened_at_stage=form["opened_at_stage"].value(),
    )


@pytest.mark.parametrize("stage_button", [False, True])
def test_an_editor_opened_before_takes_no_picture_out(world, topic, login, brief, stage_button):
    version = delivered(brief, world.illustrator)
    client = login(world.author)
    data = opened(world, topic, client)
    if stage_button:
        data = hand_on(data)
    fresh(brief).accept(world.second_author, version.pk, "Un père berce son bébé.")
    for _click in range(2):  # what is shown once more knows no more than before
        response = client.post(edit_url(topic), data)
        form = response.context["form"]
        assert form.has_error("__all__", "picture_accepted")
        assert form["key_message"].value() == "Mon long travail."
        assert int(form["opened_with_pictures"].value()) == data["opened_with_pictures"] == 0
    assert draft_of(topic).lead_illustration == fresh(brief).illustration
    client.post(edit_url(topic), opened(world, topic, client))
    assert draft_of(topic).key_message == "Mon long travail."
    assert draft_of(topic).lead_illustration == fresh(brief).illustration


def test_nor_is_one_taken_out_that_is_accepted_at_the_same_moment(
    world, topic, login, brief, monkeypatch
):
    version = delivered(brief, world.illustrator)
    client = login(world.author)
    data = opened(world, topic, client)
    save = EditorialPageForm.save

    def accepted_first(self, commit=True):
        fresh(brief).accept(world.second_author, version.pk, "Un père berce son bébé.")
        return save(self, commit)

    monkeypatch.setattr(EditorialPageForm, "save", accepted_first)
    client.post(edit_url(topic), data)
    monkeypatch.undo()
    if fresh(brief).state == "accepted":
        assert draft_of(topic).lead_illustration == fresh(brief).illustration
    assert draft_of(topic).key_message != "Mon long travail."
