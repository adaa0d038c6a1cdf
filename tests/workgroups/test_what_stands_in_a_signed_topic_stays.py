"""Pictures, stages and people to which a topic refers stay as they were signed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from media.models import Illustration
from media.rules import FileInUseError, FrozenFileError
from pages.models import Stage, TopicPage
from tests.factories.workgroups import bring_to_sign_off, illustration, publish
from tests.workgroups.doors import assert_parents_read_only, told
from workgroups import workflow
from workgroups.models import SignOff

WHO = ["illustrator", "coordinator", "superuser"]


@pytest.fixture
def picture(world):
    return illustration(collection=world.group.collection)


@pytest.fixture(params=["draft", "sign_off", "published", "second round"])
def topic(request, world, picture):
    """A topic at each stage; in a second round, only the draft shows the picture."""
    if request.param == "second round":
        page = publish(world.make_topic(), world.author, world.signatory)
        workflow.start_round(page, world.author)
        page = TopicPage.objects.get(pk=page.pk)
        page.lead_illustration = picture
        page.save_revision(user=world.author)
    else:
        page = world.make_topic(picture=picture)
        if request.param == "sign_off":
            bring_to_sign_off(page, world.author)
        elif request.param == "published":
            page = publish(page, world.author, world.signatory)
    page = TopicPage.objects.get(pk=page.pk)
    page.signed = request.param == "published"
    return page


def delete_by_a_query(picture):
    Illustration._base_manager.filter(pk=picture.pk)._raw_delete("default")
    # The database looks at references at the end of a transaction.
    transaction.get_connection().check_constraints()


@pytest.mark.parametrize("who", WHO)
def test_a_picture_in_use_is_not_deleted(world, login, topic, picture, who):
    client = login(getattr(world, who))
    address = reverse("wagtailimages:delete", args=[picture.pk])
    response = client.post(address)
    assert response.status_code in (200, 302)
    bulk = reverse("wagtail_bulk_action", args=["media", "illustration", "delete"])
    response = client.post(f"{bulk}?id={picture.pk}&next=/admin/")
    assert response.status_code in (200, 302)
    assert Illustration.objects.filter(pk=picture.pk).exists()
    for attempt in (
        lambda: Illustration.objects.get(pk=picture.pk).delete(),
        lambda: Illustration.objects.filter(pk=picture.pk).delete(),
        lambda: delete_by_a_query(picture),
    ):
        with pytest.raises((FileInUseError, IntegrityError)), transaction.atomic():
            attempt()
    assert_parents_read_only(*([topic] if topic.live else []))


@pytest.mark.parametrize("who", ["illustrator", "superuser"])
def test_a_signed_picture_is_not_replaced(world, login, topic, picture, who):
    before = picture.file_sha256
    new = get_test_image_file(filename="autre.png", size=(33, 33))
    response = login(getattr(world, who)).post(
        reverse("wagtailimages:edit", args=[picture.pk]),
        {
            "title": "Dessin", "credit_name": "Une autre", "licence": "full_rights",
            "collection": picture.collection_id, "file": new, "tags": "",
        },
    )  # fmt: skip
    assert response.status_code in (200, 302)
    picture.refresh_from_db()
    if topic.signed:
        assert response.context["form"].errors
        assert (picture.file_sha256, picture.credit_name) == (before, "Inès")
        picture.file = get_test_image_file(filename="encore.png", size=(34, 34))
        with pytest.raises(FrozenFileError):
            picture.save()
    assert_parents_read_only(*([topic] if topic.live else []))


def test_a_stage_of_a_topic_is_neither_deleted_nor_renamed_in_addresses(world, login, topic):
    client = login(world.superuser)
    stage = world.stage
    response = client.post(reverse("stage:delete", args=[stage.pk]))
    assert response.status_code == 302
    assert topic.draft_title in told(response)
    data = {
        "label": "0–4 mois", "name": "Les premiers mois", "slug": "0-4-mois",
        "from_day": 15, "to_day": 130, "picture": "",
    }  # fmt: skip
    refused = client.post(reverse("stage:edit", args=[stage.pk]), data)
    assert refused.context["form"].errors["slug"]
    kept = client.post(reverse("stage:edit", args=[stage.pk]), {**data, "slug": stage.slug})
    assert kept.status_code == 302
    stage = Stage.objects.get()
    assert (stage.slug, stage.label) == ("0-3-mois", "0–4 mois")
    stage.slug = "autre"
    for attempt in (stage.save, stage.delete, Stage.objects.all().delete):
        with pytest.raises(ValidationError), transaction.atomic():
            attempt()
    assert_parents_read_only(*([topic] if topic.live else []))


def test_who_signed_or_drew_is_not_deleted(world, login):
    drawer = world.illustrator
    picture = illustration(credit_user=drawer, credit_name="")
    page = publish(world.make_topic(picture=picture), world.author, world.signatory)
    client = login(world.superuser)
    for user in (world.signatory, drawer, world.author):
        address = reverse("wagtailusers_users:delete", args=[user.pk])
        response = client.post(address)
        assert response.status_code in (200, 302)
        with pytest.raises((PermissionDenied, IntegrityError)), transaction.atomic():
            type(user).objects.filter(pk=user.pk).delete()
        user.refresh_from_db()
        user.display_name = "Un autre nom"
        user.is_active = False
        user.save()
    assert_parents_read_only(page)
    assert SignOff.objects.get().signatory == world.signatory
