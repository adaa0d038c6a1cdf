"""A file that is used somewhere does not go, by whatever way one tries."""

import pytest
from django.db import transaction
from django.urls import reverse

from media.models import Illustration, Recording
from media.rules import FileInUseError
from tests.factories.media import IllustrationFactory
from tests.workgroups.doors import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("superuser")]


@pytest.mark.parametrize("frozen", [True, False])
def test_no_way_deletes_a_picture_in_use(client, hold, ours, frozen):
    picture, free = IllustrationFactory(collection=ours), IllustrationFactory()
    hold(picture, "Le bain", frozen=frozen)
    delete = reverse("wagtailimages:delete", args=[picture.pk])
    for response in (
        client.get(delete),
        client.post(delete),
        client.post(
            f"/admin/bulk/media/illustration/delete/?id={picture.pk}&id={free.pk}&next=/admin/images/"
        ),
    ):
        assert response.status_code == 302
        assert "Le bain" in told(response)
        client.get(response.url)
    client.post(
        reverse("wagtailimages:delete_multiple", args=[picture.pk]),
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    client.post(f"/admin/collections/{ours.pk}/delete/")
    for delete in (picture.delete, Illustration.objects.all().delete, ours.delete):
        with pytest.raises(FileInUseError, match="Le bain"), transaction.atomic():
            delete()
    assert Illustration.objects.count() == 2
    assert picture.file.storage.exists(picture.file.name)


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_way_deletes_a_film_in_use(client, signed_film, method):
    response = getattr(client, method)(reverse("wagtailmedia:delete", args=[signed_film.pk]))
    assert "Le bain sans danger" in told(response)
    for delete in (signed_film.delete, Recording.objects.all().delete):
        with pytest.raises(FileInUseError), transaction.atomic():
            delete()
    assert Recording.objects.exists()
