"""A picture from its brief to its place: each step once, in order, by whom it belongs to."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import PageLogEntry

from tests.factories.briefs import asked, delivered
from tests.factories.media import picture_bytes, picture_upload
from tests.factories.workgroups import WorkgroupFactory, member, person
from tests.workgroups.brief_doors import ask_data, deliver, fresh, stored, url
from tests.workgroups.doors import told
from workgroups.models import BriefVersion, EditorialRecord, IllustrationBrief, PinnedRemark
from workgroups.models.brief_versions import ZONES, zone_of


@pytest.fixture
def topic(draft_topic):
    return draft_topic


@pytest.fixture
def brief(world, topic):
    return asked(topic, world.author)


# Asking


def test_an_author_asks_and_the_illustrator_hears_of_it(
    world, topic, login, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = login(world.author).post(url("brief_ask", topic), ask_data())
    brief = IllustrationBrief.objects.get()
    assert response.url == url("brief", brief)
    assert (brief.state, brief.asked_by) == ("asked", world.author)
    assert brief.illustrators == [world.illustrator]
    (message,) = mail.outbox
    assert message.to == [world.illustrator.email]
    assert url("brief", brief) in message.body
    entry = PageLogEntry.objects.get(action="workgroups.brief_asked")
    assert entry.page_id == topic.pk
    assert entry.data["brief"] == brief.pk


def test_two_clicks_ask_once(world, topic, login):
    client = login(world.author)
    for _click in range(2):
        client.post(url("brief_ask", topic), ask_data())
    assert IllustrationBrief.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("shows", ""),
        ("place", "picture:nowhere"),
        ("due_on", "2001-01-01"),
        ("due_on", "demain"),
        ("licence", ""),
        ("illustrator", "1"),
    ],
)
def test_what_lacks_is_said_at_its_field(world, topic, login, field, value):
    response = login(world.author).post(url("brief_ask", topic), ask_data(**{field: value}))
    assert field in response.context["form"].errors
    assert not IllustrationBrief.objects.exists()


def test_another_licence_says_which(world, topic, login):
    response = login(world.author).post(url("brief_ask", topic), ask_data(licence="other"))
    assert response.context["form"].errors
    assert not IllustrationBrief.objects.exists()


def test_each_place_of_the_draft_is_offered_but_what_is_asked_for(world, topic, login, brief):
    page = login(world.author).get(url("brief_ask", topic))
    offered = [key for key, _label in page.context["form"].fields["place"].choices]
    assert "lead" not in offered
    assert [key.partition(":")[0] for key in offered] == ["picture"]


def test_nobody_else_asks(world, topic, login):
    for user in (world.illustrator, world.signatory):
        login(user).post(url("brief_ask", topic), ask_data())
    assert not IllustrationBrief.objects.exists()


def test_the_brief_can_be_changed_while_it_is_open(world, login, brief):
    client = login(world.author)
    day = timezone.localdate() + timedelta(days=40)
    data = ask_data(shows="Une mère.", due_on=day.isoformat())
    assert client.post(url("brief_change", brief), data).url == url("brief", brief)
    assert (fresh(brief).shows, fresh(brief).due_on) == ("Une mère.", day)
    fresh(brief).give_up(world.author, "Plus besoin.")
    client.post(url("brief_change", brief), ask_data(shows="Un chat."))
    assert fresh(brief).shows == "Une mère."


# Delivering


def test_she_delivers_and_the_authors_hear_of_it(
    world, login, brief, django_capture_on_commit_callbacks
):
    client = login(world.illustrator)
    with django_capture_on_commit_callbacks(execute=True):
        deliver(client, brief, "sketch", picture_upload())
    assert fresh(brief).state == "sketch"
    version = BriefVersion.objects.get()
    assert (version.kind, version.by, version.note) == ("sketch", world.illustrator, "Voilà.")
    assert version.file.name.startswith("briefs/")
    heard = [address for message in mail.outbox for address in message.to]
    assert sorted(heard) == sorted([world.author.email, world.second_author.email])
    response = client.get(url("brief_version", brief, version))
    assert b"".join(response.streaming_content) == picture_bytes()
    assert response["Content-Type"] == "image/png"
    assert "no-store" in response["Cache-Control"]


def test_what_is_delivered_is_cleaned_as_every_picture_is(world, login, brief):
    """Neither where a photo was taken nor what a drawing would do is kept."""
    about = Image.Exif()
    about[0x8825] = {1: "N", 2: (48.0, 51.0, 0.0)}  # where
    photo, drawing = BytesIO(), b"<svg xmlns='http://www.w3.org/2000/svg'><!-- Lou --><g/></svg>"
    Image.new("CMYK", (40, 30)).save(photo, "JPEG", exif=about)
    client = login(world.illustrator)
    for name, content in (("photo.jpg", photo.getvalue()), ("dessin.svg", drawing)):
        for _click in range(2):
            deliver(client, brief, "sketch", SimpleUploadedFile(name, content))
    first, second = BriefVersion.objects.order_by("number")
    with first.file.open() as kept, Image.open(kept) as picture:
        assert (picture.mode, dict(picture.getexif())) == ("RGB", {})
    for version in (first, second):
        with version.file.open() as kept:
            content = kept.read()
        assert b"Lou" not in content
        assert version.file_sha256 == sha256(content).hexdigest()
    response = client.get(url("brief_version", brief, second))
    assert b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]


def test_several_files_become_versions_in_their_order(world, login, brief):
    files = [picture_upload(colour=colour) for colour in ("teal", "coral", "navy")]
    deliver(login(world.illustrator), brief, "sketch", *files)
    assert [v.number for v in BriefVersion.objects.order_by("pk")] == [1, 2, 3]


def test_the_same_file_twice_is_one_version(world, login, brief):
    client = login(world.illustrator)
    for _click in range(2):
        deliver(client, brief, "sketch", picture_upload())
    assert BriefVersion.objects.count() == 1
    assert len(stored("briefs")) == 1


@pytest.mark.parametrize("content", [b"", b"GIF89a but not", b"<html>", picture_bytes()[:-200]])
def test_what_is_no_picture_gets_a_sentence_and_leaves_nothing(world, login, brief, content):
    response = deliver(
        login(world.illustrator), brief, "sketch", SimpleUploadedFile("dessin.png", content)
    )
    assert told(response)
    assert not BriefVersion.objects.exists()
    assert stored("briefs") == []
    assert fresh(brief).state == "asked"


def test_too_big_is_too_big(world, login, brief, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20
    assert told(deliver(login(world.illustrator), brief, "sketch", picture_upload()))
    assert stored("briefs") == []


def test_no_step_back(world, login, brief):
    delivered(brief, world.illustrator, "final")
    client = login(world.illustrator)
    for kind in ("sketch", "colour", "nothing"):
        assert told(deliver(client, brief, kind, picture_upload(colour="navy")))
    assert fresh(brief).state == "final"
    assert BriefVersion.objects.count() == 1
    deliver(client, brief, "final", picture_upload(colour="navy"))
    assert BriefVersion.objects.count() == 2


def test_authors_do_not_deliver_and_illustrators_do_not_decide(world, login, brief):
    deliver(login(world.author), brief, "sketch", picture_upload())
    assert not BriefVersion.objects.exists()
    version = delivered(brief, world.illustrator)
    client = login(world.illustrator)
    client.post(url("brief_give_up", brief), {"reason": "Non."})
    client.post(url("brief_accept", brief), {"version": version.pk, "decorative": "on"})
    client.post(url("brief_remark", brief, version), {"text": "Beau.", "zone": "top"})
    assert fresh(brief).state == "final"
    assert not PinnedRemark.objects.exists()


def test_deleting_a_version_deletes_its_file(world, brief, django_capture_on_commit_callbacks):
    version = delivered(brief, world.illustrator)
    assert len(stored("briefs")) == 1
    with django_capture_on_commit_callbacks(execute=True):
        version.delete()
    assert stored("briefs") == []


def test_a_group_without_an_illustrator_has_them_all(world, topic, login):
    world.group.memberships.illustrators().delete()
    other = person("illustrator")
    brief = asked(topic, world.author)
    assert other in brief.illustrators
    client = login(other)
    assert client.get(url("desk")).context["cards"][0]["brief"] == brief
    deliver(client, brief, "sketch", picture_upload())
    assert fresh(brief).state == "sketch"


def test_a_named_illustrator_has_it_on_her_desk_alone(world, topic, login):
    second = member(world.group, "illustrator")
    brief = asked(topic, world.author, illustrator=second)
    assert login(world.illustrator).get(url("desk")).context["cards"] == []
    (card,) = login(second).get(url("desk")).context["cards"]
    assert card["brief"] == brief
    world.group.memberships.filter(user=second).delete()
    (card,) = login(world.illustrator).get(url("desk")).context["cards"]
    assert card["brief"] == brief


# Remarks


def test_a_remark_is_pinned_at_its_point_or_in_a_zone(world, login, brief):
    version = delivered(brief, world.illustrator, "sketch")
    client = login(world.author)
    address = url("brief_remark", brief, version)
    client.post(address, {"text": "Trop sombre.", "zone": "centre", "x": "0.1", "y": "0.9"})
    client.post(address, {"text": "Un berceau.", "zone": "top_right", "x": "", "y": ""})
    first, second = PinnedRemark.objects.order_by("number")
    assert (first.x, first.y, first.where) == (0.1, 0.9, ZONES["bottom_left"][0])
    assert (second.number, second.where) == (2, ZONES["top_right"][0])
    page = client.get(url("brief", brief)).content.decode()
    assert 'cx="10.00%" cy="90.00%"' in page


def test_zones_cover_the_whole_picture():
    assert [zone_of(x, y) for _words, x, y in ZONES.values()] == list(ZONES)
    assert zone_of(0, 0) == "top_left"
    assert zone_of(1, 1) == "bottom_right"


@pytest.mark.parametrize(
    "change", [{"x": "1.5"}, {"x": "nan"}, {"x": "-0.1"}, {"text": ""}, {"zone": "moon"}]
)
def test_a_point_beside_the_picture_is_refused_and_the_text_kept(world, login, brief, change):
    version = delivered(brief, world.illustrator, "sketch")
    data = {"text": "Trop sombre.", "zone": "top", "x": "0.5", "y": "0.5", **change}
    response = login(world.author).post(url("brief_remark", brief, version), data)
    form = response.context["versions"][0].remark_form
    assert set(form.errors) == set(change)
    assert form["text"].value() == data["text"]
    assert not PinnedRemark.objects.exists()


def test_the_illustrator_hears_once_of_remarks_in_a_row(
    world, login, brief, django_capture_on_commit_callbacks
):
    version = delivered(brief, world.illustrator, "sketch")
    client = login(world.author)
    with django_capture_on_commit_callbacks(execute=True):
        for text in ("Un.", "Deux.", "Deux."):
            client.post(url("brief_remark", brief, version), {"text": text, "zone": "top"})
    assert PinnedRemark.objects.count() == 2
    assert [message.to for message in mail.outbox] == [[world.illustrator.email]]


def test_a_remark_is_answered_once(world, login, brief):
    version = delivered(brief, world.illustrator, "sketch")
    remark, _made = version.remark(world.author, 0.5, 0.5, "Trop sombre.")
    client = login(world.illustrator)
    client.post(url("brief_answer", brief, remark), {"answer": "Éclairci."})
    client.post(url("brief_answer", brief, remark), {"answer": "Non."})
    remark.refresh_from_db()
    assert (remark.answered_by, remark.answer) == (world.illustrator, "Éclairci.")


# Giving up


def test_given_up_with_a_reason(world, login, brief, django_capture_on_commit_callbacks):
    client = login(world.author)
    client.post(url("brief_give_up", brief), {"reason": " "})
    assert fresh(brief).state == "asked"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("brief_give_up", brief), {"reason": "Le bloc est parti."})
    assert (fresh(brief).state, fresh(brief).closed_by) == ("given_up", world.author)
    (message,) = mail.outbox
    assert "Le bloc est parti." in message.body
    assert told(deliver(login(world.illustrator), brief, "sketch", picture_upload()))
    assert not BriefVersion.objects.exists()


def test_a_topic_in_another_group_takes_its_briefs_along(world, topic, login, brief):
    other = WorkgroupFactory(name="Repas")
    newcomer = member(other, "illustrator")
    EditorialRecord.objects.reassign(topic, other, world.coordinator)
    (card,) = login(newcomer).get(url("desk")).context["cards"]
    assert card["brief"] == brief
    assert login(world.illustrator).get(url("desk")).context["cards"] == []
