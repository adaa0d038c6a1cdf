"""The accessibility statement has the parts that the law asks for, from the file of docs/."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import override

from pages.accessibility import RGAA_CRITERIA, as_markdown, known


def test_the_statement_has_its_parts_and_is_linked_from_every_page(client, site, settings):
    settings.ACCESSIBILITY_EMAIL = "acces@bebe.example"
    assert 'href="/fr/accessibilite/"' in client.get("/fr/").content.decode()
    response = client.get("/fr/accessibilite/")
    assert response.status_code == 200
    assert not response.cookies
    html = response.content.decode()
    parts = [
        "État de conformité",
        "Contenus non accessibles",
        "Établissement de cette déclaration",
        'href="mailto:acces@bebe.example"',
        "Voies de recours",
        "Défenseur des droits",
    ]
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    for sentence in known()["not_accessible"]:
        assert escape(sentence) in html


@pytest.mark.any_database
def test_the_statement_is_french_to_its_date(db):
    context = {"known": known(), "owner": "Mes Infos Bébé", "email": "acces@bebe.example"}
    with override("ar"):
        html = render_to_string("pages/accessibility.html", context)
    assert f"établie le {date_format(known()['established_on'], 'j F Y')}" in html


def test_every_theme_of_the_rgaa_is_told():
    themes = known()["themes"]
    assert [theme["number"] for theme in themes] == list(range(1, 14))
    assert sum(theme["criteria"] for theme in themes) == RGAA_CRITERIA
    assert all(theme["checked"] and theme["left"] for theme in themes)


def test_the_document_says_the_same():
    """`make accessibility` writes it."""
    assert (settings.ROOT / "docs" / "accessibility.md").read_text() == as_markdown()
