"""Partners in the admin: who keeps them, and what happens when."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, ModelLogEntry

from media.models import Illustration
from media.registry import accessible_collections, holders, seen_by_parents
from pages.models.theme import Wash
from partners.addresses import embed_path
from partners.links import signed_page
from partners.logos import COLLECTION
from partners.models import Partner
from partners.options import WASH_NAMES
from partners.origins import parse
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


def opened(client, partner, **changes):
    """What the form of a stored partner sends as it stands open, but for *changes*."""
    shown = client.get(reverse("partner:edit", args=[partner.pk])).context["form"]
    sent = {field.name: field.value() for field in shown}
    sent = {name: "on" if value is True else value or "" for name, value in sent.items()}
    return sent | changes


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
    origins = "https://crèche.example\n\nhttps://crèche.example:443"
    client.post(edit, opened(client, partner, origins=origins, active=""))
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


def test_a_form_that_stood_open_gives_back_nothing_that_was_taken_away(client, manager, caf):
    caf.set_origins([parse("https://www.caf.example"), parse("https://pirate.example")])
    edit = reverse("partner:edit", args=[caf.pk])
    here = opened(client, caf, name="Caf de partout")
    here["origins"] += "\nhttps://neuf.example"
    other = person("partner_manager", display_name="Basile")
    client.force_login(other)
    client.post(edit, opened(client, caf, origins="https://www.caf.example", active=""))
    client.force_login(manager)

    refused = client.post(edit, here)

    [error] = refused.context["form"].non_field_errors()
    assert "Basile" in error
    partner = Partner.objects.get()
    assert (partner.name, partner.active) == ("Caf de l’Exemple", False)
    assert [one.source for one in partner.allowed_origins] == ["https://www.caf.example"]
    # Below stands what is kept, with what was changed here: sent once more, that is meant.
    again = {field.name: field.value() or "" for field in refused.context["form"]}
    assert (again["name"], again["active"]) == ("Caf de partout", "")
    assert again["origins"].split() == ["https://www.caf.example", "https://neuf.example"]
    assert client.post(edit, again).status_code == 302
    partner = Partner.objects.get()
    assert (partner.name, partner.active) == ("Caf de partout", False)
    assert "https://pirate.example" not in [one.source for one in partner.allowed_origins]
    # A form that says nothing of what it showed is none of ours.
    for seen in ("", "x", "[1]", "[[], 1]", '{"a": 1}', "[{}, Infinity]", "[" * 100_000):
        stale = client.post(edit, here | {"seen": seen})
        assert stale.context["form"].non_field_errors()
        assert "pirate" not in stale.context["form"]["origins"].value()


def test_language_and_colour_chosen_there_are_those_of_its_pages(client, site, manager, caf):
    edit = reverse("partner:edit", args=[caf.pk])
    topic = site.live()
    # By the names that the assistant gives them.
    offered = dict(client.get(edit).context["form"].fields["wash"].choices)
    assert {name: offered[name] for name in WASH_NAMES} == WASH_NAMES
    assert set(offered) == {"", *Wash.values}
    for language in ("xx", "fr"):
        client.post(edit, opened(client, caf, language=language, wash="plum", pictures=""))
    caf.refresh_from_db()
    assert (caf.language, caf.wash, caf.pictures) == ("fr", "plum", False)
    html = client.get(embed_path(topic.translation_key, caf)).content.decode()
    assert 'class="topic-hero wash-plum"' in html
    assert "<img" not in html


def test_each_wrong_address_is_named_and_nothing_is_lost(client, manager):
    wrong = "https://caf.example\nhttp://caf.example\nhttps://caf.example/page"
    response = client.post(reverse("partner:add"), form(origins=wrong))
    errors = response.context["form"].errors["origins"]
    assert [
        error.partition(" — ")[0].strip("\u2068\u2069") for error in errors
    ] == wrong.splitlines()[1:]
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
    own = client.get(reverse("partner_page", args=[signed_page(caf)])).content.decode()
    shown = re.search(r'class="partner-logo">.*?src="([^"]+)"', own, re.DOTALL)[1]
    client.logout()
    assert client.get(shown).getvalue()
    [holder] = holders(caf.logo)
    assert holder.url == reverse("partner:edit", args=[caf.pk])

    def is_public():
        logos = Illustration.objects.filter(pk=caf.logo_id)

        return logos.annotate(public=seen_by_parents(Illustration, Value(caf.logo_id))).get().public

    assert is_public()
    Partner.objects.update(active=False)
    assert not is_public()


def test_a_picture_that_she_may_not_choose_is_no_logo(client, manager, caf):
    client.get(reverse("partner:edit", args=[caf.pk]))
    hidden = illustration()
    edit = reverse("partner:edit", args=[caf.pk])
    response = client.post(edit, opened(client, caf, logo=hidden.pk))
    assert response.status_code == 200
    assert response.context["form"].errors["logo"]
    assert Partner.objects.get().logo is None
    own = illustration(collection=Collection.objects.get(name=COLLECTION))
    assert client.post(edit, opened(client, caf, logo=own.pk)).status_code == 302
    assert Partner.objects.get().logo == own


def test_a_year_after_a_partner_was_closed_its_contact_goes(client, manager):
    client.post(reverse("partner:add"), form())
    partner = Partner.objects.get()
    edit = reverse("partner:edit", args=[partner.pk])

    def purged(delete=True):
        call_command("purge_personal_data", *["--delete"][: int(delete)], stdout=StringIO())
        partner.refresh_from_db()
        return (partner.contact_name, partner.contact_email) == ("", "")

    with time_machine.travel(timezone.now() + timedelta(days=800)):
        assert not purged()  # it is active
        client.force_login(manager)
        client.post(edit, opened(client, partner, active=""))
    with time_machine.travel(timezone.now() + timedelta(days=800 + 364)):
        assert not purged()
        # What is changed afterwards begins no new year.
        client.force_login(manager)
        client.post(edit, opened(client, partner, name="Caf d’ailleurs"))
    with time_machine.travel(timezone.now() + timedelta(days=800 + 366)):
        assert not purged(delete=False)
        assert purged()
        assert partner.name == "Caf d’ailleurs"
        client.force_login(manager)
        client.post(edit, opened(client, partner, name="Caf"))
        assert Partner.objects.get().name == "Caf"
        # Nobody could be written to: it opens again with a contact alone.
        answer = client.post(edit, opened(client, partner, active="on"))
        assert "contact_email" in answer.context["form"].errors
        assert not Partner.objects.get().active
        client.post(edit, opened(client, partner, active="on", contact_email="eve@caf.example"))
        partner.refresh_from_db()
        assert (partner.active, partner.closed_at) == (True, None)
