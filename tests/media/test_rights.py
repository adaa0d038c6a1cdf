"""The report on rights: what is used where, under which licence, until when, what lacks."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from media.rights import used_and_ending
from tests.factories.accounts import UserFactory
from tests.factories.media import CaptionTrackFactory, IllustrationFactory, RecordingFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/droits/"


@pytest.fixture
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


def rows(client, **filters):
    response = client.get(REPORT, filters)
    assert response.status_code == 200
    return list(response.context["object_list"])


def titles(client, **filters):
    return [row.title for row in rows(client, **filters)]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_each_file_stands_there_with_its_licence_and_its_places(client, coordinator, hold):
    picture = IllustrationFactory(title="Le bain", licence="other", licence_text="Etalab 2.0")
    hold(picture, "Le bain sans danger", frozen=True)
    hold(picture, "La toilette")
    film = CaptionTrackFactory(recording__title="Le coucher").recording
    bath, bed = rows(client)
    assert (bath.file, bed.file) == (picture, film)
    assert bath.number_of_places == 2
    assert {label for label, _url in bath.places} == {"Le bain sans danger", "La toilette"}
    assert "Etalab 2.0" in bath.licence_label
    assert (bed.kind, bed.number_of_places, bed.lacking) == ("video", 0, {})


@pytest.mark.parametrize(
    ("days", "soon", "ended"),
    [(-1, False, True), (0, True, False), (90, True, False), (91, False, False)],
)
def test_what_ends_within_ninety_days_and_what_has_ended(client, coordinator, days, soon, ended):
    IllustrationFactory(title="Le bain", licence_until=in_days(days))
    IllustrationFactory(title="Sans fin")
    assert titles(client, fin="bientot") == (["Le bain"] if soon else [])
    assert titles(client, fin="passee") == (["Le bain"] if ended else [])


def test_each_row_says_it_in_words(client, coordinator, hold):
    ending = IllustrationFactory(title="Le bain", licence_until=in_days(3))
    hold(ending, "Le bain sans danger")
    hold(ending, "La toilette")
    page = client.get(REPORT)
    (row,) = page.context["object_list"]
    for said in (row.until_label, row.licence_label, row.lacking_text, row.kind_label):
        assert said
        assert f">{said}<" in re.sub(r">\s+|\s+<", lambda m: m[0].strip(), page.content.decode())
    for place in ("Le bain sans danger", "La toilette"):
        assert f"<li>{place}</li>" in page.content.decode()


def test_what_lacks_a_text_or_a_credit(client, coordinator):
    IllustrationFactory(title="Dite", description="Un bain.")
    IllustrationFactory(title="Décor", is_decorative=True)
    IllustrationFactory(title="Muette", description=" ")
    IllustrationFactory(title="Anonyme", description="Un lit.", credit_name="")
    CaptionTrackFactory(recording__title="Film dit")
    RecordingFactory(title="Film sans sous-titres")
    RecordingFactory(title="Son muet", type="audio", transcript="")
    assert titles(client, manque="text") == ["Film sans sous-titres", "Muette", "Son muet"]
    assert titles(client, manque="credit") == ["Anonyme"]


def test_it_is_narrowed_by_kind_licence_and_use(client, coordinator, hold):
    once, twice = IllustrationFactory(title="Une"), IllustrationFactory(title="Deux")
    RecordingFactory(title="Film", licence="cc_by")
    hold(once)
    hold(twice, "Le bain")
    hold(twice, "La sieste")
    assert titles(client, sorte="video") == titles(client, licence="cc_by") == ["Film"]
    assert titles(client, emploi="oui") == ["Deux", "Une"]
    assert titles(client, emploi="plusieurs") == ["Deux"]
    assert titles(client, emploi="non") == ["Film"]
    assert titles(client, emploi="non", sorte="picture") == []
    assert titles(client, sorte="rien") == ["Deux", "Film", "Une"]


def test_a_member_sees_her_groups_files_and_no_others(client, member, ours, theirs):
    IllustrationFactory(title="À nous", collection=ours)
    IllustrationFactory(title="À eux", collection=theirs)
    RecordingFactory(title="Leur film", collection=theirs)
    assert titles(client) == ["À nous"]
    exported = client.get(REPORT, {"export": "csv"})
    assert "À eux" not in b"".join(exported.streaming_content).decode()


def test_what_a_member_does_not_see_is_counted_only(client, member, ours):
    from media import registry

    picture = IllustrationFactory(collection=ours)
    secret = registry.Holder("Secret", None, frozen=False, told_to=lambda user: False)
    registry.register_holder(lambda file: [secret] if file == picture else [])
    (row,) = rows(client)
    assert (row.places, row.number_of_places) == ([], 1)
    assert "Secret" not in client.get(REPORT).content.decode()


@pytest.mark.parametrize("address", [REPORT, f"{REPORT}resultats/"])
def test_nobody_else_reads_it(client, address, open_to):
    assert client.get(address).status_code == 302
    client.force_login(UserFactory(roles=["signatory"]))
    assert client.get(address).status_code in (302, 403)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "reports/droits" not in menu


def test_it_leaves_as_csv_and_as_a_workbook_with_every_row(client, coordinator, hold):
    for _ in range(60):
        IllustrationFactory()
    hold(IllustrationFactory(title="=HYPERLINK(0)", licence_until=in_days(3)), "Le bain")
    text = b"".join(client.get(REPORT, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert len(lines) == 62
    first = lines[1]
    assert first[0] == "'=HYPERLINK(0)"
    assert first[2:4] == ["1", "Le bain"]
    assert in_days(3).isoformat() in first
    workbook = client.get(REPORT, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.getvalue())).active
    assert sheet.max_row == 62


def test_what_was_signed_once_and_is_shown_no_more_is_not_called_used(hold):
    from media import registry

    picture = IllustrationFactory(licence_until=in_days(10))
    past = registry.Holder("Le bain", "/x/", frozen=True, past=True)
    registry.register_holder(lambda file: [past] if file == picture else [])
    assert used_and_ending() == []
    hold(picture, "La sieste")
    (rights,) = used_and_ending()
    assert rights.places_text == "La sieste"
