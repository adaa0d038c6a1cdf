"""A parent finds somebody nearby, and everything that she asked for is in the address."""

import gzip
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from professionals import finding
from professionals.models import Commune, CommuneWords
from professionals.models.choices import Cost
from tests.factories.professionals import LYON_7, PARIS_18, SAINT_DENIS, ProfessionalFactory

pytestmark = pytest.mark.django_db

DIRECTORY = "/fr/professionnels/"
LYON_2 = "69382"  # 1.2 km from the town hall of the 7th
# Bytes, compressed, of twenty entries: what the map asks for; the page; and in other letters.
LIST, PAGE, IN_OTHER_LETTERS = 2048, 4000, 4608
WORDS = (
    "Bellevue",
    "Garibaldi",
    "Jaurès",
    "Thibaudière",
    "Marseille",
    "Raspail",
    "Gerland",
    "Pasteur",
)


def published(name, **fields):
    return ProfessionalFactory(published=True, name=name, **fields)


def names(html):
    """The names of the entries listed, in their order."""
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', html)


def number(html):
    [said] = re.findall(r"data-count>\s*(\d+|\D)", html)
    return int(said) if said.isdigit() else None


def ask(client, **parameters):
    answer = client.get(DIRECTORY, parameters)
    assert answer.status_code == 200
    return answer.content.decode()


def filled(place):
    """All that a card says, of each something else."""
    return {
        "address": f"{place * 7 + 3} {('rue', 'place', 'quai')[place % 3]} {WORDS[place % 8]}",
        "telephone": f"+3347{place * 373_587 % 10_000_000:07}",
        "opening_hours": ("24/7", "24/7 off", "")[place % 3],
        "source": f"Annuaire {WORDS[place * 3 % 8]}",
        "is_verified": False,
    }


def weight(client, **parameters):
    """As the server compresses it."""
    return len(gzip.compress(ask(client, **parameters).encode(), 6))


def test_the_nearest_comes_first_with_address_and_telephone(client):
    published("Presque", commune_code=LYON_2, telephone="+33472123456")
    published("Ici", address="3 rue des Lilas")
    published("À Paris", commune_code=PARIS_18)
    ProfessionalFactory(name="Pas encore publié")
    html = ask(client, lieu="69007", rayon="10")
    assert names(html) == ["Ici", "Presque"]
    assert number(html) == 2
    assert 'role="status"' in html
    assert "3 rue des Lilas" in html
    assert "69002 Lyon" in html
    assert 'href="tel:+33472123456"' in html
    assert re.search(r"</a> [^<]*\dkm</h3>", html.replace("\u00a0", ""))
    assert names(ask(client, lieu="69007", rayon="1")) == ["Ici"]


def test_without_a_place_they_come_by_name_whatever_the_accents(client):
    for name in ("Zoé", "Élan", "abri", "Eau douce"):
        published(name)
    assert names(ask(client)) == ["abri", "Eau douce", "Élan", "Zoé"]


def test_words_find_the_same_by_name_near_a_place_and_on_the_map(client):
    published("Relais", kind_slug="rpe", specialities="Allaitement, portage")
    published("Ballaitement")
    published("Presque", kind_slug="pmi", specialities="Pré-allaitement")
    wide = {"bbox": "-5.3,41.2,9.7,51.2", "zoom": "6"}
    for words, wanted in (
        ("allait", {"Relais", "Presque"}),
        ("portage allait", {"Relais"}),
        ("accueil", {"Ballaitement"}),  # its kind says so
        ("rien", set()),
        ("'", {"Relais", "Presque", "Ballaitement"}),  # no word at all
    ):
        assert set(names(ask(client, q=words))) == wanted, words
        assert number(ask(client, q=words)) == len(wanted) or not wanted
        assert set(names(ask(client, q=words, lieu="69007"))) == wanted, words
        for box in (wide, {"bbox": "4.7,45.6,5,45.9", "zoom": "12"}):
            assert client.get("/carte.json", box | {"q": words}).json()["total"] == len(wanted)


def test_every_filter_narrows_and_stays_in_the_address(client):
    wanted = published(
        "Voulu", kind_slug="pmi", priority_numbers=(2,), cost=Cost.FREE, languages=["ar"],
        specialities="Allaitement", opening_hours="24/7",
    )  # fmt: skip
    published("Autre", opening_hours="Mo-Su 00:00-00:01 off", cost=Cost.PAID)
    filters = {
        "type": ["pmi", "rpe"], "priorite": "accompagner", "secteur": "sante", "cout": "free",
        "langue": "ar", "ouvert": "1", "q": "allait",
    }  # fmt: skip
    for name, value in filters.items():
        assert names(ask(client, **{name: value})) == ["Voulu"], name
    html = ask(client, lieu="69007", **filters)
    assert names(html) == ["Voulu"]
    chosen = [(n, v) for n, vs in filters.items() for v in (vs if isinstance(vs, list) else [vs])]
    for name, value in chosen:  # the form sends them again
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    # All there is to choose stands on a page of its own, and comes into this one by a script.
    for choix in ("tous", "seuls"):
        html = ask(client, lieu="69007", choix=choix, **filters)
        assert (names(html), "<html" in html) == ([], choix == "tous")
        assert 'type="hidden"' not in html
        ticked = re.findall('name="([a-z]+)" value="([^"]*)" checked', html)
        assert set(ticked) == set(chosen) - {
            ("secteur", "sante"),
            ("langue", "ar"),
            ("q", "allait"),
        }
        for value in ("sante", "ar"):
            assert f'value="{value}" selected' in html or f'selected value="{value}"' in html
        assert 'name="q" value="allait"' in html
    assert len(names(ask(client, type="rien", langue="xx", rayon="beaucoup"))) == 2
    wanted.delete()
    # Nobody: without the other choices there is somebody.
    html = ask(client, lieu="69007", **filters)
    assert names(html) == []
    assert number(html) == 0
    assert 'href="/fr/professionnels/?lieu=69007"' in html
    assert "https://www.sante.fr/" in html


def test_where_nobody_is_a_larger_circle_is_offered(client):
    published("Plus loin", commune_code="69034")  # 6 km away
    html = ask(client, lieu="69007", rayon="2")
    assert names(html) == []
    assert 'href="/fr/professionnels/?lieu=69007&amp;rayon=10"' in html


def test_twenty_to_a_page_and_one_that_is_not_there_is_the_last(client):
    for place in range(23):
        published(f"Numéro {place:02}", **filled(place))
    assert weight(client, lieu="69007", liste="1") <= LIST
    for asked in (
        {"lieu": "69007"},
        {"lieu": "69007", "type": "laep", "priorite": "accueillir", "page": "1"},
        {"departement": "69", "q": "numéro"},
        {"lieu": "69007", "choix": "tous"},
    ):
        assert weight(client, **asked) <= PAGE, asked
    for language in ("ar", "uk"):
        address = DIRECTORY.replace("fr", language)
        html = client.get(address, {"lieu": "69007"}).content
        assert len(gzip.compress(html, 6)) <= IN_OTHER_LETTERS
    first, second = ask(client, lieu="69007"), ask(client, lieu="69007", page="2")
    assert len(names(first)) == 20
    assert 'rel="next"' in first
    assert 'href="/fr/professionnels/?lieu=69007&amp;page=2"' in first
    assert len(names(second)) == 3
    assert names(ask(client, lieu="69007", page="99999")) == names(second)
    assert names(ask(client, lieu="69007", page="-1")) == names(first)


def test_places_that_may_be_meant_are_offered_and_an_unknown_one_is_said(client):
    published("À La Réunion", commune_code=SAINT_DENIS)
    html = ask(client, lieu="boulogne")
    [other] = re.findall(r'<a class="pill" href="([^"]*lieu=[^"]*)"', html)
    assert "Billancourt" in other or "Mer" in other
    assert 'aria-invalid="true"' not in html
    assert names(ask(client, lieu="97400 Saint-Denis")) == ["À La Réunion"]
    nowhere = ask(client, lieu="xyzzy")
    assert 'aria-invalid="true"' in nowhere
    assert names(nowhere) == []
    assert ask(client, lieu="\0<script>")


def test_a_departement_is_a_place_too_and_the_form_keeps_it(client):
    published("À Lyon")
    published("À Bordeaux", commune_code="33063")
    for typed in ("Rhône", "rhone", "69", "Rhône (69)"):
        html = ask(client, lieu=typed)
        assert (names(html), typed) == (["À Lyon"], typed)
        assert 'name="lieu" value="Rhône (69)"' in html
    # From a link, with a choice: the form sends both again.
    html = ask(client, departement="69", type="laep")
    assert 'name="lieu" value="Rhône (69)"' in html
    assert names(ask(client, lieu="Rhône (69)", type="laep")) == ["À Lyon"]
    html = ask(client, departement="33", lieu="69007", rayon="100")
    assert names(html) == []
    assert 'type="hidden" name="departement" value="33"' in html
    html = ask(client, departement="33", lieu="69007", choix="tous")
    assert 'name="departement" value="33" checked' in html
    # A town of that name that people think of first, and the département beside it.
    Commune.objects.create(
        code="38544",
        name="Vienne",
        folded="vienne",
        departement="38",
        population=31778,
        latitude=45.52,
        longitude=4.87,
    )
    CommuneWords.objects.create(commune_id="38544", words="vienne", population=31778)
    html = ask(client, lieu="Vienne", rayon="50")
    assert names(html) == ["À Lyon"]
    assert "lieu=Vienne+%2886%29" in html
    assert names(ask(client, lieu="Vienne (86)")) == []


def test_words_are_found_in_the_plural_as_acronyms_and_by_what_people_say(client):
    published("La Bulle")
    published("Les Lutins", kind_slug="mode-accueil")
    published("Cabinet Awa", kind_slug="sante", description="Suivi des prématurés")
    for words, found in (
        ("laep", ["La Bulle"]),
        ("lieux d'accueil enfants", ["La Bulle"]),
        ("crèches", ["Les Lutins"]),
        ("assistantes maternelles", ["Les Lutins"]),
        ("sages-femmes", ["Cabinet Awa"]),
        ("prématuré", ["Cabinet Awa"]),
        ("la bulle", ["La Bulle"]),
        ("ulle", []),
    ):
        assert (names(ask(client, q=words)), words) == (found, words)


@pytest.mark.any_database
def test_communes_are_suggested_and_very_many_questions_are_too_many(client):
    address = reverse("directory_suggestions")
    html = client.get(address, {"lieu": "69007"}).content.decode()
    assert re.findall('data-place="([^"]*)"', html)[0] == "69007 Lyon 7e"
    assert client.get(address, {"lieu": "x"}).content.decode().strip() == ""
    cache.clear()
    answers = {client.get(address, {"lieu": "x"}).status_code for _ in range(240)}
    assert 429 in answers
    elsewhere = client.get(address, {"lieu": "lyon"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_a_part_of_the_map_is_listed_from_its_middle(client, monkeypatch):
    published("Au milieu", latitude=45.75, longitude=4.84)
    published("Au bord", latitude=45.76, longitude=4.86)
    published("Dehors", latitude=45.70, longitude=4.84)
    html = ask(client, zone="4.81,45.73,4.87,45.77", liste="1")
    assert names(html) == ["Au milieu", "Au bord"]
    assert "<html" not in html
    assert 'data-total="2"' in html
    nobody = ask(client, zone="-40,44,-39,45", liste="1", lieu="69007")
    assert (names(nobody), 'data-total="0"' in nobody) == ([], True)
    # For the map: of more than one reads there is no list, nor a number that would be another one.
    country = {"zone": "-5,42,8,51", "liste": "1", "lieu": "69007"}
    assert len(names(ask(client, **country))) == 3
    monkeypatch.setattr(finding, "MOST_IN_WIDE_ZONE", 2)
    wide = ask(client, **country)
    assert (names(wide), "data-total" in wide, "directory__count" in wide) == ([], False, True)
    assert len(names(ask(client, zone="-170,-80,170,80"))) == 3
    assert len(names(ask(client, zone="rien"))) == 3


def test_what_the_maps_button_opens_has_an_address_of_its_own(client):
    entry = published("La Bulle")
    html = ask(client, lieu="69007", type="laep", rayon="5")
    assert "data-points" not in html
    [address] = re.findall('data-map="([^"]*)"', html)
    opened = client.get(unescape(address)).content.decode()
    assert "<html" not in opened
    for said in (
        'data-points="/carte.json"',
        f'data-shown="{entry.pk}/{entry.slug}"',
        "data-ground",
    ):
        assert said in opened
    assert 'data-query="lieu=69007&amp;rayon=5&amp;type=laep"' in opened
    assert len(re.findall("data-go=", opened)) == 6
    # Of the cards that a mark leads to, those that the script fetches bear their numbers.
    assert f'id="pro-{entry.pk}"' in ask(client, lieu="69007", liste="1")


@pytest.mark.any_database
def test_a_list_of_fifty_takes_as_many_queries_as_a_list_of_one(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            ask(client, lieu="69007", type="laep", q="lucioles")
        return len(captured)

    published("Lucioles 0", opening_hours="24/7")
    queries()
    few = queries()
    for place in range(49):
        published(f"Lucioles {place + 1}", commune_code=LYON_7)
    assert queries() == few <= 14


def test_a_topic_leads_to_the_entries_that_its_editors_chose(client):
    from django.template.loader import render_to_string
    from django.utils.translation import override

    published("La PMI", kind_slug="pmi", specialities="lactation")
    published("Un LAEP")
    with override("fr"):
        html = render_to_string(
            "components/near_you.html", {"text": "", "kinds": ["pmi"], "speciality": "lactation"}
        )
    [action] = re.findall('action="([^"]*)"', html)
    hidden = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', html))
    found = client.get(action, {**hidden, "lieu": "Lyon"}).content.decode()
    assert names(found) == ["La PMI"]
