"""A child's age leads to its topics: by theme, what matters now first; and a date, which
the browser alone counts (tests/browser/test_finding.py)."""

from bs4 import BeautifulSoup

from tests.factories.pages import stage, theme_page


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def test_a_stage_shows_its_topics_by_theme_what_begins_now_first(client, site):
    earlier, now, later = site.stage, stage("1-an", sort_order=2), stage("2-ans", sort_order=3)
    meals = theme_page(site.home, site.group, title="Repas", slug="repas")
    site.live(title="Du même âge, en plus long", theme=meals, stages=[now, later])
    site.live(title="De cet âge", theme=meals, stages=[now])
    site.live(title="Depuis longtemps", stages=[earlier, now])
    site.live(title="D'un autre âge", stages=[earlier])

    page = shown(client, "/fr/?etape=1-an")

    part = page.select_one("#sujets")
    assert [heading.text for heading in part.select("h2")] == ["Repas", "Sommeil"]
    assert [heading.text for heading in part.select("h3")] == [
        "De cet âge",
        "Du même âge, en plus long",
        "Depuis longtemps",
    ]
    assert "1-an" in page.title.text


def test_a_date_is_for_the_browser_alone(client, site):
    page = shown(client, "/fr/")
    form = page.select_one("form[data-age]")
    assert form.has_attr("hidden")  # until the script is there
    field = form.select_one("input[type=date]")
    assert not field.has_attr("name")
    assert field["autocomplete"] == "off"
    assert [link["data-from-day"] for link in page.select("a.age")] == ["15"]
