"""A member reaches her own group's files and no others, by any address."""

import pytest
from django.urls import reverse
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from accounts.models import User
from media.models import Illustration, Recording
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory, RecordingFactory, picture_upload

pytestmark = pytest.mark.django_db

ACTIONS = ("add", "change", "delete", "choose")


@pytest.fixture
def our_picture(ours):
    return IllustrationFactory(collection=ours, title="Notre dessin")


@pytest.fixture
def their_picture(theirs):
    return IllustrationFactory(collection=theirs, title="Leur dessin")


@pytest.fixture
def our_film(ours):
    return RecordingFactory(collection=ours, title="Notre film")


@pytest.fixture
def their_film(theirs):
    return RecordingFactory(collection=theirs, title="Leur film")


def image_url(name, image, *more):
    return reverse(f"wagtailimages:{name}", args=[image.pk, *more])


def media_url(name, recording):
    return reverse(f"wagtailmedia:{name}", args=[recording.pk])


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("model", "make"), [(Illustration, 0), (Recording, 1)])
def test_the_policy_opens_ones_own_collection(member, ours, theirs, action, model, make):
    factory = (IllustrationFactory, RecordingFactory)[make]
    mine, other, root = factory(collection=ours), factory(collection=theirs), factory()
    policy = policy_registry.get_by_type(model)
    assert policy.user_has_permission(member, action)
    assert policy.user_has_permission_for_instance(member, action, mine)
    for hidden in (other, root):
        assert not policy.user_has_permission_for_instance(member, action, hidden)
    assert list(policy.instances_user_has_permission_for(member, action)) == [mine]
    assert list(policy.collections_user_has_permission_for(member, action)) == [ours]
    assert list(policy.users_with_permission_for_instance(action, mine)) == [member]
    assert not policy.user_has_any_permission(member, ["fly"])
    assert not policy.collections_user_has_permission_for(member, "fly").exists()


@pytest.mark.parametrize("model", [Illustration, Recording])
def test_coordinators_and_administrators_reach_every_file(db, theirs, model):
    policy = policy_registry.get_by_type(model)
    for user in (
        UserFactory(roles=["coordinator"]),
        UserFactory(roles=["administrator"]),
        UserFactory(is_superuser=True),
    ):
        for action in ACTIONS:
            found = policy.collections_user_has_permission_for(user, action)
            assert set(found) == set(Collection.objects.all())


def test_someone_inactive_or_without_group_reaches_nothing(open_to, ours):
    gone = UserFactory(roles=["coordinator"], is_active=False)
    open_to[gone.pk] = [ours]
    for user in (gone, UserFactory(roles=["signatory"])):
        policy = policy_registry.get_by_type(Illustration)
        assert not policy.user_has_permission(User.objects.get(pk=user.pk), "choose")


def test_a_collection_does_not_open_the_one_beneath_it(member, ours):
    below = ours.add_child(name="Sous-dossier")
    picture = IllustrationFactory(collection=below)
    policy = policy_registry.get_by_type(Illustration)
    assert not policy.user_has_permission_for_instance(member, "choose", picture)


def test_lists_and_choosers_show_ones_own_files_only(
    client, member, our_picture, their_picture, our_film, their_film
):
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:index") + "?q=dessin",
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:choose_results") + "?q=dessin",
        "/admin/api/main/images/",
        reverse("wagtailmedia:index"),
        reverse("wagtailmedia:index") + "?q=film",
        reverse("wagtailmedia:chooser"),
        reverse("wagtailmedia:chooser") + "?q=film",
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        content = response.content.decode()
        assert "Notre" in content, address
        assert "Leur" not in content, address


def test_the_menu_leads_to_both_kinds_of_files(client, member):
    home = client.get("/admin/").content.decode()
    assert reverse("wagtailimages:index") in home
    assert reverse("wagtailmedia:index") in home
    client.force_login(UserFactory(roles=["signatory"]))
    home = client.get("/admin/").content.decode()
    assert reverse("wagtailmedia:index") not in home


def test_one_reads_what_one_owns(client, member, our_picture, our_film):
    for address in (
        image_url("edit", our_picture),
        image_url("delete", our_picture),
        image_url("image_usage", our_picture),
        image_url("preview", our_picture, "width-20"),
        reverse("wagtailimages_chooser:chosen", args=[our_picture.pk]),
        reverse("wagtailimages_chooser:select_format", args=[our_picture.pk]),
        media_url("edit", our_film),
        media_url("delete", our_film),
        media_url("media_usage", our_film),
        media_url("media_chosen", our_film),
        f"/admin/api/main/images/{our_picture.pk}/",
    ):
        assert client.get(address).status_code == 200, address


def test_another_groups_file_is_not_read_by_a_guessed_address(
    client, member, their_picture, their_film
):
    for address in (
        image_url("edit", their_picture),
        image_url("delete", their_picture),
        image_url("image_usage", their_picture),
        image_url("preview", their_picture, "width-20"),
        image_url("url_generator", their_picture),
        image_url("url_generator_output", their_picture),
        reverse("wagtailimages_chooser:chosen", args=[their_picture.pk]),
        reverse("wagtailimages_chooser:select_format", args=[their_picture.pk]),
        media_url("edit", their_film),
        media_url("delete", their_film),
        media_url("media_usage", their_film),
        media_url("media_chosen", their_film),
    ):
        response = client.get(address)
        assert response.status_code in (302, 403, 404), address
        assert "Leur" not in response.content.decode(), address
    several = reverse("wagtailimages_chooser:chosen_multiple") + f"?id={their_picture.pk}"
    assert "Leur" not in client.get(several).content.decode()
    assert client.get(f"/admin/api/main/images/{their_picture.pk}/").status_code in (302, 404)


def test_another_groups_file_is_not_changed_by_a_forged_post(
    client, member, ours, their_picture, their_film
):
    stolen = {
        "title": "Volé",
        "collection": ours.pk,
        "credit_name": "Moi",
        "licence": "cc_by",
        "tags": "",
    }
    client.post(image_url("edit", their_picture), stolen)
    client.post(image_url("delete", their_picture))
    prefixed = {f"image-{their_picture.pk}-{name}": value for name, value in stolen.items()}
    ajax = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    assert (
        client.post(image_url("edit_multiple", their_picture), prefixed, **ajax).status_code == 403
    )
    assert client.post(image_url("delete_multiple", their_picture), **ajax).status_code == 403
    client.post(media_url("edit", their_film), stolen)
    client.post(media_url("delete", their_film))
    for action, data in (
        ("add_to_collection", {"collection": ours.pk}),
        ("add_tags", {"tags": "volé"}),
        ("delete", {}),
    ):
        client.post(f"/admin/bulk/media/illustration/{action}/?id={their_picture.pk}", data)
    for file in (their_picture, their_film):
        before = file.title, file.collection_id
        file.refresh_from_db()
        assert (file.title, file.collection_id) == before
        assert not file.tags.exists()


def test_one_cannot_move_a_file_into_another_groups_collection(
    client, member, theirs, our_picture, our_film
):
    moved = {
        "title": "Notre fichier",
        "collection": theirs.pk,
        "credit_name": "Inès",
        "licence": "cc_by",
        "tags": "",
        "duration": "0",
    }
    client.post(image_url("edit", our_picture), moved)
    client.post(media_url("edit", our_film), moved)
    bulk = f"/admin/bulk/media/illustration/add_to_collection/?id={our_picture.pk}"
    client.post(bulk, {"collection": theirs.pk})
    assert not Illustration.objects.filter(collection=theirs).exists()
    assert not Recording.objects.filter(collection=theirs).exists()


def test_with_two_groups_one_moves_between_them_and_nowhere_else(
    client, member, open_to, ours, theirs, our_picture
):
    open_to[member.pk] = [ours.pk, theirs.pk]
    root = Collection.get_first_root_node()
    bulk = f"/admin/bulk/media/illustration/add_to_collection/?id={our_picture.pk}"
    client.post(bulk, {"collection": root.pk})
    our_picture.refresh_from_db()
    assert our_picture.collection == ours
    client.post(bulk, {"collection": theirs.pk})
    our_picture.refresh_from_db()
    assert our_picture.collection == theirs


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_an_upload_goes_to_ones_own_collection_whatever_the_form_says(
    client, member, ours, theirs, address
):
    prefix = "image-chooser-upload-" if "chooser" in address else ""
    data = {
        "title": "Nouveau",
        "file": picture_upload(),
        "collection": theirs.pk,
        "credit_name": "Inès",
        "licence": "full_rights",
        "tags": "",
    }
    client.post(reverse(address), {prefix + name: value for name, value in data.items()})
    picture = Illustration.objects.get()
    assert (picture.collection, picture.uploaded_by_user) == (ours, member)


def test_several_uploads_at_once_go_to_ones_own_collection(client, member, ours, theirs):
    ajax = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    upload = client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": picture_upload(), "collection": theirs.pk},
        **ajax,
    ).json()
    number = upload["uploaded_file_id"]
    data = {
        "title": "Nouveau",
        "collection": theirs.pk,
        "credit_name": "Inès",
        "licence": "cc_by",
        "tags": "",
    }
    finish = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    data = {f"uploaded-image-{number}-{name}": value for name, value in data.items()}

    client.force_login(UserFactory(roles=["author"]))
    assert client.post(finish, data, **ajax).status_code == 403
    client.force_login(member)
    assert client.post(finish, data, **ajax).json()["success"]
    picture = Illustration.objects.get()
    assert (picture.collection, len(picture.file_sha256)) == (ours, 64)


def test_a_member_who_lost_her_group_meanwhile_is_refused(client, member, open_to):
    ajax = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    upload = client.post(
        reverse("wagtailimages:add_multiple"), {"files[]": picture_upload()}, **ajax
    ).json()
    del open_to[member.pk]
    finish = reverse(
        "wagtailimages:create_multiple_from_uploaded_image", args=[upload["uploaded_file_id"]]
    )
    assert client.post(finish, {}, **ajax).status_code == 403
    assert client.get(reverse("wagtailimages:add")).status_code == 302
    assert client.get(reverse("wagtailmedia:add", args=["video"])).status_code == 302
    assert not Illustration.objects.exists()


def test_collections_themselves_are_not_a_members_business(client, member, theirs):
    for address in ("/admin/collections/", f"/admin/collections/{theirs.pk}/"):
        assert client.get(address).status_code == 302
    client.post(f"/admin/collections/{theirs.pk}/delete/")
    assert Collection.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    ("factory", "name"),
    [(IllustrationFactory, "wagtailimages:index"), (RecordingFactory, "wagtailmedia:index")],
)
def test_the_lists_of_files_need_as_many_queries_for_1_as_for_50(
    client, member, ours, django_assert_max_num_queries, factory, name
):
    factory(collection=ours)
    address = reverse(name)
    client.get(address)  # makes the thumbnail
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    queries = len(one)
    factory.create_batch(49, collection=ours)
    client.get(address)
    with django_assert_max_num_queries(queries):
        client.get(address)
