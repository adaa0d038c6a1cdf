"""Nobody who works in her own name becomes public by a file that did not say that she is none."""

import pytest

from professionals import states
from professionals.models import Professional
from professionals.public import public_entry
from tests.professionals.test_import import csv_of, imported

pytestmark = pytest.mark.django_db

HEADER = "source,identifiant,nom,type,code_insee,adresse,telephone,courriel"
SAYING = f"{HEADER},personne_physique"
JEANNE = "cd,1,Jeanne Dupont,mode-accueil,69387,3 rue des Lilas,0472123456,jeanne@exemple.fr"
LAEP = JEANNE.replace("mode-accueil", "laep")


def after(*rows, header=HEADER, **options):
    """(the one RowReport of an import, the one entry after it)."""
    _counts, [report] = imported(csv_of(*rows, header=header), **options)
    return report, Professional.objects.first()


def test_a_row_of_a_childminder_that_does_not_say_waits_for_her_yes(client):
    dry, nobody = after(JEANNE, write=False)
    assert nobody is None
    report, entry = after(JEANNE)
    assert report == dry
    assert len(report.reasons) == 1
    assert entry.is_natural_person
    # She was never there: it is no page that was taken off.
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert "Dupont" not in client.get("/professionnels.csv").getvalue().decode()
    assert after(JEANNE)[0].what == "left"
    # It is a nursery: the file that says so makes it public, with all that it says.
    report, entry = after(f"{JEANNE},non", header=SAYING)
    assert report.changes == [("personne_physique", "oui", "non")]
    assert public_entry(entry).telephone == "+33472123456"
    assert public_entry(entry).email
    assert public_entry(entry).published_at
    # And a file that no longer says it changes nothing.
    assert after(f"{JEANNE},", header=SAYING)[0].what == "left"
    assert Professional.objects.get().is_public


def test_who_was_said_to_be_a_person_stays_one_for_imports():
    after(f"{LAEP},oui", header=SAYING)
    assert after(f"{LAEP},", header=SAYING)[0].what == "left"
    assert after(LAEP, organisations=True)[0].kept == [("personne_physique", "oui", "non")]
    report, entry = after(f"{LAEP},non", header=SAYING)
    assert report.kept == [("personne_physique", "oui", "non")]
    assert not entry.is_public


def test_who_answered_herself_is_not_made_an_organisation():
    _report, entry = after(JEANNE)
    states.consent(entry, listing=True)
    report, entry = after(f"{JEANNE},non", header=SAYING)
    assert report.kept
    assert public_entry(entry).telephone == ""


def test_of_an_entry_that_becomes_a_childminder_she_is_asked():
    _report, entry = after(LAEP)
    assert entry.is_public
    report, entry = after(JEANNE)
    assert report.reasons
    assert not entry.is_public
    assert not entry.email_is_public


def test_a_file_of_places_may_be_said_to_be_one():
    report, entry = after(JEANNE, organisations=True)
    assert not report.reasons
    assert entry.is_public
    assert after(JEANNE)[0].what == "left"
    assert after(JEANNE.replace("3 rue", "4 rue"))[1].is_public
