"""Partners in the admin: who keeps them, and what happens when."""

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, ModelLogEntry

from media.models import Illustration
from media.registry import accessible_collections, holders, seen_by_parents
from partners.logos import COLLECTION
from partners.models import Partner
from tests.factories.workgroups import illustration, person

from .conftest import partner_at

INDEX = reverse("partner:index")


@pytest.fixture
def manager(client, db):
    user = person("partner_manager")
    client.force_login(user)
    return user


def form(**fields):
    """What the form of a partner sends."""
    return {
        "name": "Caf du Rhône",
        "kind": "caf",
        "departement": "69",
        "origins": "https://www.caf.example/\nhttps://*.chu.example",
        "active": "on",
        "contact_name": "Zoé",
        "contact_email": "zoe@caf.example",
        "language": "",
        "wash": "",
        "pictures": "on",
        "logo": "",
    } | fields


def test_only_those_who_keep_partners_find_them(client, caf):
    addresses = [INDEX, reverse("partner:add"), reverse("partner:edit", args=[caf.pk])]
    addresses.append(reverse("partner:renew_key", args=[caf.pk]))
    for roles, allowed in (
        (["coordinator"], False),
        (["directory_moderator"], False),
        (["partner_manager"], True),
        (["administrator"], True),
    ):
        client.force_login(person(*roles))
        assert (INDEX in client.get("/admin/").content.decode()) == allowed
        for address in addresses:
            assert (client.get(address).status_code == 200) == allowed
        if not allowed:
            client.post(addresses[-1], {"seen": caf.key})
            assert Partner.objects.get().key == caf.key


def test_a_partner_is_made_changed_found_and_never_deleted(client, manager):
    client.post(reverse("partner:add"), form())
    partner = Partner.objects.get()
    assert [o.source for o in partner.allowed_origins] == [
        "https://*.chu.example",
        "https://www.caf.example",
    ]
    partner_at("https://mairie.example", name="Mairie", active=False)
    for query, names in (
        ("", ["Caf du Rhône", "Mairie"]),
        ("?q=chu.example", ["Caf du Rhône"]),
        ("?active=false", ["Mairie"]),
        ("?departement=69&kind=caf", ["Caf du Rhône"]),
        ("?departement=01", []),
    ):
        found = client.get(INDEX + query).context["object_list"]
        assert [one.name for one in found] == names

    edit = reverse("partner:edit", args=[partner.pk])
    assert partner.key in client.get(edit).content.decode()
    changed = form(origins="https://crèche.example\n\nhttps://crèche.example:443", active="")
    client.post(edit, changed)
    partner = Partner.objects.get(pk=partner.pk)
    assert not partner.active
    assert [str(o) for o in partner.allowed_origins] == ["https://crèche.example"]
    steps = ModelLogEntry.objects.for_instance(partner).values_list("action", flat=True)
    assert {"wagtail.create", "wagtail.edit", "partners.origins", "partners.deactivate"} <= set(
        steps
    )
    assert client.get(reverse("partner:history", args=[partner.pk])).status_code == 200
    manager.is_superuser = True
    manager.save()
    delete = reverse("partner:delete", args=[partner.pk])
    client.post(delete)
    assert Partner.objects.filter(pk=partner.pk).exists()
    assert delete not in client.get(edit).content.decode()


def test_each_wrong_address_is_named_and_nothing_is_lost(client, manager):
    wrong = "https://caf.example\nhttp://caf.example\nhttps://caf.example/page"
    response = client.post(reverse("partner:add"), form(origins=wrong))
    errors = response.context["form"].errors["origins"]
    assert [error.partition(" — ")[0] for error in errors] == wrong.splitlines()[1:]
    assert response.context["form"]["origins"].value() == wrong
    many = "\n".join(f"https://site-{n}.example" for n in range(51))
    for origins in ("", " \n ", many, "x" * 20_000, "https://caf.example\x00"):
        response = client.post(reverse("partner:add"), form(origins=origins))
        assert response.context["form"].errors["origins"]
    assert not Partner.objects.exists()


def test_a_key_is_renewed_once(client, manager, caf):
    address = reverse("partner:renew_key", args=[caf.pk])
    shown = client.get(address).content.decode()
    assert f'name="seen" value="{caf.key}"' in shown
    client.post(address, {"seen": caf.key})
    new = Partner.objects.get().key
    assert new != caf.key
    client.post(address, {"seen": caf.key})
    client.post(address)
    assert Partner.objects.get().key == new
    assert ModelLogEntry.objects.filter(action="partners.renew_key").count() == 1
    entry = ModelLogEntry.objects.get(action="partners.renew_key")
    assert new not in str(entry.data)


@pytest.mark.any_database
def test_the_list_takes_as_many_queries_for_sixteen(client, manager):
    def queries():
        client.get(INDEX)
        with CaptureQueriesContext(connection) as captured:
            client.get(INDEX)
        return len(captured)

    partner_at("https://site.example", name="Site")
    few = queries()
    for number in range(15):
        partner_at(f"https://site-{number}.example", "https://ici.example", name=f"Site {number}")
    assert queries() == few


def test_logos_are_kept_by_those_who_keep_partners(client, manager, caf):
    client.get(reverse("partner:edit", args=[caf.pk]))
    [collection] = accessible_collections(manager)
    assert collection == Collection.objects.get(name=COLLECTION)
    assert not accessible_collections(person("author"))
    caf.logo = illustration(collection=collection)
    caf.save()
    [holder] = holders(caf.logo)
    assert holder.url == reverse("partner:edit", args=[caf.pk])

    def is_public():
        logos = Illustration.objects.filter(pk=caf.logo_id)

        return logos.annotate(public=seen_by_parents(Illustration, Value(caf.logo_id))).get().public

    assert is_public()
    Partner.objects.update(active=False)
    assert not is_public()
