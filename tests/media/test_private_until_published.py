"""A file is everybody's while parents see it somewhere, and its group's alone before and after:
by its address, on the disk and in a bucket."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from media.models import Illustration, Recording
from media.rules import FileInUseError
from pages.models import Stage
from tests.factories.media import (
    MP4,
    CaptionTrackFactory,
    RecordingFactory,
    picture_upload,
)
from tests.factories.pages import (
    help_number,
    home_page,
    placed,
    stage,
    stream,
    theme_page,
    topic_page,
)
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    illustration,
    member,
    person,
    publish,
    signatory,
    signature_for,
)
from workgroups import signing
from workgroups.models import EditorialRecord, Membership

pytestmark = pytest.mark.django_db
SPECS = ("width-20", "width-10|format-webp", "max-165x165")


@pytest.fixture(autouse=True)
def _registry_of_its_own():
    """Here the rooms above answer as they do on the site."""


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
    return member(group)


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
    gone = member(WorkgroupFactory(name="Fermé"), is_active=False)
    return [member(WorkgroupFactory()), person("partner_manager"), person("signatory"), gone]


def addresses(file):
    """Every address under which something of ``file`` is stored."""
    if isinstance(file, Illustration):
        file.get_renditions(*SPECS)
    return [stored.url for stored, _sha256 in file.stored_files()]


def status(client, address):
    response = client.get(address)
    if response.status_code == 200:
        assert b"".join(response.streaming_content)
    return response.status_code


def refused(client, file):
    return {status(client, address) for address in addresses(file)} == {404}


def given(client, file):
    return {status(client, address) for address in addresses(file)} == {200}


def login(client, user):
    client.logout()
    if user is not None:
        client.force_login(user)


def withdraw(topic, user):
    signing.withdraw(topic, user, "Une erreur.")


def film(group, **fields):
    """A film with all that goes with it."""
    values = {"file": SimpleUploadedFile("film.mp4", MP4), "duration": 2}
    made = RecordingFactory(
        **values, thumbnail=picture_upload("affiche.png"), collection=group.collection, **fields
    )
    CaptionTrackFactory(recording=made)
    return made


# Before the publication


def test_nobody_else_fetches_an_unpublished_picture(client, topic, picture, others):
    for user in (None, *others):
        login(client, user)
        assert refused(client, picture)
        for address in addresses(picture):
            answer = client.get(address)
            assert picture.title.encode() not in answer.content
            nowhere = client.get("/media/images/nulle-part.png")
            assert (answer.status_code, answer.content) == (404, nowhere.content)
            assert client.head(address).status_code == 404
            assert client.get(address, headers={"range": "bytes=0-1"}).status_code == 404
            fresh = client.get(address, headers={"if_none_match": f'"{picture.file_sha256}"'})
            assert fresh.status_code == 404


def test_an_unpublished_film_its_poster_and_its_captions_are_kept_too(client, group, others):
    made = film(group)
    assert len(addresses(made)) == 3
    for user in (None, *others):
        login(client, user)
        assert refused(client, made)
    login(client, member(group))
    assert given(client, made)


def test_the_group_the_illustrator_and_the_coordinators_see_it(client, topic, picture, group):
    for user in (
        member(group),
        member(group, "illustrator"),
        person("coordinator"),
        person("administrator"),
        person(is_superuser=True),
    ):
        login(client, user)
        assert given(client, picture)
        response = client.head(picture.file.url)
        assert response["Cache-Control"] == "private, no-store"


def test_who_left_the_group_sees_it_no_more(client, topic, picture, group):
    left = member(group)
    login(client, left)
    assert given(client, picture)
    Membership.objects.filter(user=left).delete()
    assert refused(client, picture)


def test_a_guessed_name_opens_nothing(client, topic, picture):
    addresses(picture)
    name = picture.file.name.rpartition("/")[2].removesuffix(".png")
    for guess in (
        f"images/{name}.width-20.png",
        f"images/{name}.original.png",
        f"images/{name}.width-30.png",
        f"original_images/{name.upper()}.png",
        f"original_images/{name}.PNG",
    ):
        assert status(client, f"/media/{guess}") == 404


def test_whoever_may_sign_sees_what_she_reads_and_nothing_else(client, topic, picture, author):
    """The sign-off page shows the pictures to a signatory who belongs to no group."""
    anne = signatory()
    login(client, anne)
    assert refused(client, picture)
    other = illustration(collection=picture.collection)
    bring_to_sign_off(topic, author)
    assert given(client, picture)
    assert refused(client, other)
    response = client.get(reverse("editorial_sign_off", args=[topic.pk]))
    assert response.status_code == 200
    record = EditorialRecord.objects.get(page=topic.pk)
    revision = signing.revision_to_sign(record)
    signing.return_page(topic.pk, anne, revision.pk, "draft", "À revoir.")
    assert refused(client, picture)


def test_she_compares_with_the_picture_that_was_signed_before(
    client, theme, author, picture, put_online
):
    topic = put_online(topic_page(theme, picture.collection.workgroup, author, picture=picture))
    withdraw(topic, person("coordinator"))
    topic.refresh_from_db()
    new = illustration(collection=picture.collection)
    topic.lead_illustration = new
    topic.save_revision(user=author)
    login(client, signatory())
    bring_to_sign_off(topic, author)
    assert given(client, picture)
    assert given(client, new)


def test_a_topic_that_another_group_takes_over_brings_its_pictures_along(
    client, topic, picture, others
):
    heir = others[0]
    login(client, heir)
    assert refused(client, picture)
    EditorialRecord.objects.reassign(topic, heir.memberships.get().workgroup, person("coordinator"))
    assert given(client, picture)


def test_portraits_of_accounts_are_for_those_who_work_here(client, store):
    user = person("author")
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("moi.png", picture_upload())
    address = profile.avatar.url
    assert status(client, address) == 404
    login(client, person("illustrator"))
    assert status(client, address) == 200
    login(client, person())
    assert status(client, address) == 404


# While parents see it


def test_everybody_sees_what_is_published_without_a_cookie(
    client, topic, picture, put_online, others
):
    put_online(topic)
    for user in (None, *others):
        login(client, user)
        assert given(client, picture)
    for address in addresses(picture):
        response = client.get(address)
        assert b"".join(response.streaming_content)
        assert response["Cache-Control"] == "public, max-age=300, must-revalidate"
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_a_withdrawal_makes_it_private_again(client, topic, picture, put_online, group):
    topic = put_online(topic)
    assert given(client, picture)
    withdraw(topic, person("coordinator"))
    assert refused(client, picture)
    login(client, member(group))
    assert given(client, picture)


def test_what_is_signed_for_later_is_not_seen_before_its_day(client, topic, picture, author, anne):
    bring_to_sign_off(topic, author)
    on = timezone.now() + timedelta(days=7)
    signing.sign(topic.pk, anne, signature_for(topic, publish_at=on))
    assert refused(client, picture)
    with time_machine.travel(on + timedelta(minutes=1)):
        call_command("run_due", verbosity=0)
        assert given(client, picture)


def test_the_draft_of_a_published_topic_hides_its_new_picture(
    client, topic, picture, author, put_online
):
    topic = put_online(topic)
    new = illustration(collection=picture.collection)
    topic.lead_illustration = new
    topic.body = stream(("picture", {"picture": placed(new), "caption": ""}))
    topic.save_revision(user=author)
    assert given(client, picture)
    assert refused(client, new)
    put_online(topic)
    assert given(client, new)
    assert refused(client, picture)


def test_a_picture_of_two_topics_stays_while_one_of_them_does(
    client, topic, author, picture, put_online
):
    theme, group = topic.get_parent().specific, topic.workgroup
    other = topic_page(theme, group, author, picture=picture, title="Le doudou", slug="doudou")
    topic, other = put_online(topic), put_online(other)
    withdraw(topic, person("coordinator"))
    assert given(client, picture)
    withdraw(other, person("coordinator"))
    assert refused(client, picture)


def test_a_published_film_comes_with_its_poster_and_captions(
    client, topic, group, author, put_online
):
    made = film(group)
    topic.body = stream(("recording", {"heading": "Le rituel", "recording": made.pk}))
    topic.save_revision(user=author)
    assert refused(client, made)
    topic = put_online(topic)
    assert given(client, made)
    withdraw(topic, person("coordinator"))
    assert refused(client, made)


def test_pictures_of_themes_and_stages_are_seen_where_they_are(client, theme, group):
    of_theme, drafted, of_stage = (illustration(collection=group.collection) for _ in "123")
    theme.picture = of_theme
    theme.save_revision().publish()
    theme.picture = drafted
    theme.save_revision()
    assert given(client, of_theme)
    assert refused(client, drafted)
    theme.unpublish()
    assert refused(client, of_theme)
    assert refused(client, of_stage)
    Stage.objects.update(picture=of_stage)
    assert given(client, of_stage)


def test_a_theme_that_only_some_may_read_shows_no_picture(client, theme, picture):
    """Topics that parents read bear no such restriction: the database refuses it."""
    theme.picture = picture
    theme.save_revision().publish()
    assert given(client, picture)
    restricted = PageViewRestriction.objects.create(
        page=theme.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert refused(client, picture)
    restricted.delete()
    assert given(client, picture)


# Replaced, and asked for often


def test_what_is_replaced_is_gone_with_its_renditions(
    client, topic, picture, author, group, django_capture_on_commit_callbacks
):
    login(client, author)
    old = addresses(picture)
    names = [file.name for file, _sha256 in picture.stored_files()]
    with django_capture_on_commit_callbacks(execute=True):
        picture.file = picture_upload("autre.png", colour="red")
        picture.save()
    assert {status(client, address) for address in old} == {404}
    assert not [name for name in names if picture.file.storage.exists(name)]
    assert given(client, picture)


def test_a_replaced_poster_is_gone_and_the_film_stays(
    client, group, django_capture_on_commit_callbacks
):
    made = film(group)
    old = made.thumbnail.name
    with django_capture_on_commit_callbacks(execute=True):
        Recording.objects.filter(pk=made.pk).update(
            thumbnail=made.thumbnail.storage.save("recordings/posters/n.png", picture_upload())
        )
    made.refresh_from_db()
    storage = made.file.storage
    assert not storage.exists(old)
    assert storage.exists(made.file.name)
    assert storage.exists(made.thumbnail.name)


def test_a_public_file_costs_one_query(
    client, topic, picture, put_online, django_assert_num_queries
):
    put_online(topic)
    for address in addresses(picture):
        with django_assert_num_queries(1):
            assert status(client, address) == 200


@pytest.mark.parametrize("store", ["disk"], indirect=True)
def test_a_private_file_costs_no_more_in_many_topics(
    client, theme, author, picture, django_assert_max_num_queries
):
    group, stranger = picture.collection.workgroup, person("partner_manager")
    counts = {author: [], stranger: []}
    for number in (1, 50):
        while (made := EditorialRecord.objects.count()) < number:
            topic_page(theme, group, author, picture=picture, slug=f"sujet-{made}")
        for user, found in counts.items():
            login(client, user)
            with django_assert_max_num_queries(20) as counted:
                status(client, picture.file.url)
            found.append(len(counted))
    assert all(one == many for one, many in counts.values())


@pytest.mark.parametrize("scheduled", [False, True])
def test_what_a_draft_or_a_scheduled_topic_shows_is_not_deleted(
    topic, group, author, anne, scheduled
):
    """Wagtail's index reads the row of the page alone, where none of it stands yet."""
    made = film(group)
    picture = illustration(collection=group.collection)
    topic.lead_illustration = picture
    topic.body = stream(
        ("picture", {"picture": placed(picture), "caption": ""}),
        ("recording", {"heading": "Le rituel", "recording": made.pk}),
    )
    topic.save_revision(user=author)
    if scheduled:
        bring_to_sign_off(topic, author)
        on = timezone.now() + timedelta(days=7)
        signing.sign(topic.pk, anne, signature_for(topic, publish_at=on))
    stored = [*picture.stored_files(), *made.stored_files()]
    for held in (picture, made, made.caption_tracks.get()):
        for delete in (held.delete, type(held).objects.filter(pk=held.pk).delete):
            with pytest.raises(FileInUseError), transaction.atomic():
                delete()
    assert all(file.storage.exists(file.name) for file, _sha256 in stored)


def test_every_place_for_a_file_says_when_parents_see_it():
    """A new model that shows a picture or a film has to register when it makes it public, or
    stands here as one that does not."""
    known = {
        "IllustrationRendition",  # belongs to its picture
        "CaptionTrack",  # to its film
        "DraftFile",  # drafts are no publication
        "SignedFile",
        "TopicPage",  # through SignedFile
        "ThemePage",
        "Stage",
    }
    found = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Illustration, Recording)
    }
    assert found == known
