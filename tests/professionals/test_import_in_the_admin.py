"""A moderator of the directory imports a file: looks first, then says yes, once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from professionals.models import ImportRun, Professional
from tests.factories.workgroups import person

pytestmark = pytest.mark.django_db

GOOD = b"source,identifiant,nom,type,code_insee\ncaf,17,Lucioles,laep,69387\n"
BAD = GOOD + b"caf,18,Nulle part,laep,99999\n"


@pytest.fixture
def moderator(client):
    found = person("directory_moderator")
    client.force_login(found)
    return found


@pytest.fixture
def chosen(client, moderator, django_capture_on_commit_callbacks):
    """``chosen(content, …)``: choose a file, and tick fields; gives its ImportRun after the
    worker saw it."""

    def chosen(content, **ticked):
        file = SimpleUploadedFile("liste.csv", content)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("directory_imports"), {"file": file} | ticked)
        assert response.status_code == 302, response.context["form"].errors
        return ImportRun.objects.latest("pk")

    return chosen


@pytest.fixture
def pressed(client, django_capture_on_commit_callbacks):
    """``pressed(run, what)``: press a button; gives the ImportRun as it is then."""

    def pressed(run, what):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("directory_import", args=[run.pk]), {"do": what})
        run.refresh_from_db()
        return run

    return pressed


def test_look_then_import_once(client, chosen, pressed):
    run = chosen(GOOD)
    text = client.get(reverse("directory_import", args=[run.pk])).content.decode()
    assert 'value="all"' in text
    assert "Lucioles" in text
    assert not Professional.objects.exists()
    name = run.file.name
    run = pressed(run, "all")
    assert (run.state, run.counts["created"]) == ("done", 1)
    assert not run.file.name
    assert not ImportRun._meta.get_field("file").storage.exists(name)
    assert pressed(run, "all").state == "done"
    assert Professional.objects.get().source_id == "17"
    report = client.get(reverse("directory_import_report", args=[run.pk]))
    assert b"Lucioles" in b"".join(report.streaming_content)
    assert client.get(reverse("directory_imports")).status_code == 200


def test_refused_rows_are_shown_and_the_good_ones_may_go_in(client, chosen, pressed):
    run = chosen(BAD)
    text = client.get(reverse("directory_import", args=[run.pk])).content.decode()
    assert 'value="good"' in text
    assert 'value="all"' not in text
    assert "99999" in text
    run = pressed(run, "good")
    assert (run.state, run.counts["created"], run.counts["refused"]) == ("done", 1, 1)


def test_a_file_that_cannot_be_read_says_why_and_one_may_be_put_aside(client, chosen, pressed):
    run = chosen(b"%PDF-1.7")
    assert run.state == "failed"
    assert run.problem in client.get(reverse("directory_import", args=[run.pk])).content.decode()
    run = pressed(chosen(GOOD), "cancel")
    assert (run.state, run.file.name) == ("cancelled", "")
    assert pressed(run, "all").state == "cancelled"
    assert not Professional.objects.exists()


def test_of_nurseries_whoever_imports_says_that_they_are_no_persons(client, chosen, pressed):
    content = GOOD.replace(b"laep", b"mode-accueil")
    pressed(chosen(content), "all")
    assert not Professional.objects.get().is_public
    pressed(chosen(content, organisations="on"), "all")
    assert Professional.objects.get().is_public


def test_nobody_else_may(client):
    client.force_login(person("author"))
    run = ImportRun.objects.create(file_name="liste.csv")
    for address in (
        reverse("directory_imports"),
        reverse("directory_import", args=[run.pk]),
        reverse("directory_import_report", args=[run.pk]),
    ):
        response = client.get(address)
        assert response.status_code in (302, 403)
        assert b"liste.csv" not in response.content
