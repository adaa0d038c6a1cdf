"""What a parent gets who asks in her own words."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import FruitlessWord
from pages.search import views
from tests.factories.pages import stage, stream, theme_page

SEARCH = "/fr/recherche/"


def shown(client, status=200, **query):
    response = client.get(SEARCH, query)
    assert response.status_code == status
    return BeautifulSoup(response.content.decode(), "html.parser")


def titles(page):
    return [heading.text for heading in page.select(".result h3")]


@pytest.fixture
def topics(site):
    """A topic on sleep, and one on meals for another age and in another theme."""
    meals = theme_page(site.home, site.group, title="Repas", slug="repas")
    site.live(title="Les nuits de bébé", body=stream(("text", "<p>Il dort par cycles.</p>")))
    site.live(
        title="Un œuf à table",
        theme=meals,
        stages=[stage("1-an")],
        key_message="Goûter à tout, même la nuit de Noël.",
        body=stream(
            ("text", "<p>Une première phrase. Deux cuillères d'œuf suffisent.</p>"),
            (
                "true_false",
                {"statement": "Le sel fortifie.", "answer": "false", "explanation": "Non."},
            ),
            ("quotation", {"words": "Le miel calme.", "who": "Zoé", "role": ""}),
            (
                "table",
                {
                    "caption": "Combien",
                    "columns": ["Quoi", "Poids"],
                    "rows": [{"heading": "Croûte", "cells": ["Aucune"]}],
                },
            ),
        ),
    )


def test_the_words_of_parents_find_the_words_of_topics(client, topics):
    found = {
        "bebe": "Les nuits de bébé",
        "dormir": "Les nuits de bébé",
        "oeufs": "Un œuf à table",
        "cuilere": "Un œuf à table",  # one letter lacks
        "d’oeuf": "Un œuf à table",
        "CUILLÈRE !!": "Un œuf à table",
        "cuil": "Un œuf à table",  # a beginning
    }
    for words, title in found.items():
        assert titles(shown(client, q=words))[0] == title, words

    # A title comes before a mention in passing; the passage that answers is marked.
    page = shown(client, q="nuit")
    assert titles(page) == ["Les nuits de bébé", "Un œuf à table"]
    assert [mark.text for mark in page.select(".result h3 mark")] == ["nuits"]
    assert "2" in page.select_one("[role=status].search-page__count").text
    assert page.title.text.startswith("2")
    (answer,) = shown(client, q="cuillere").select(".result")
    assert answer.select_one("p mark").parent.text == "Deux cuillères d’œuf suffisent."
    # What people believe or tell is found, but never shown by itself; nor is a bare cell.
    for words in ("fortifie", "calme", "Croûte", "Poids"):
        (answer,) = shown(client, q=words).select(".result")
        assert words not in answer.text


def test_filters_and_pages_stay_in_the_address(client, topics, monkeypatch):
    page = shown(client, q="nuit")
    choices = [a.text for a in page.select(".filter__choice")]
    assert choices == ["0-3-mois (1)", "1-an (1)", "Sommeil (1)", "Repas (1)"]
    page = shown(client, q="nuit", etape="1-an")
    assert titles(page) == ["Un œuf à table"]
    assert page.select_one("[aria-current]")["href"].endswith("?q=nuit")
    assert page.select_one("input[name=etape]")["value"] == "1-an"
    page = shown(client, q="nuit", etape="1-an", theme="sommeil")
    assert titles(page) == []
    assert page.select(f'a[href="{SEARCH}?q=nuit"]')  # leads back to both

    monkeypatch.setattr(views, "PER_PAGE", 1)
    first, last = shown(client, q="nuit"), shown(client, q="nuit", page="2")
    assert titles(first) + titles(last) == ["Les nuits de bébé", "Un œuf à table"]
    assert first.select_one("[rel=next]")["href"].endswith("page=2")
    for beyond in ("3", "99999", "9" * 400):
        assert len(titles(shown(client, q="nuit", page=beyond))) == 1


def test_help_while_typing_and_where_nothing_is_found(client, topics):
    response = client.get(SEARCH, {"q": "cuil", "suggestions": "1"})
    html = BeautifulSoup(response.content.decode(), "html.parser")
    assert [a.text for a in html.select("li a")] == ["Un œuf à table"]
    assert not html.select("html, form")
    assert not client.get(SEARCH, {"q": "zzz", "suggestions": "1"}).content.strip()

    page = shown(client, q="cuyelere")
    assert titles(page) == []
    places = [a["href"] for a in page.select(".ways-out a")]
    assert f"{SEARCH}?q=cuillere" in places
    assert "/fr/repas/" in places
    assert "#aide" in places
    assert page.select("#aide a[href^=tel]")


BAD = [
    {"q": ""},
    {"q": "x" * 10_000},
    {"q": "nuit " * 2_000},
    {"q": "AND OR NOT (\"'*:&|!<->%_\\"},
    {"q": "'; DROP TABLE pages_searchterm; --"},
    {"q": "👶🏽💤"},
    {"q": "\u202egniod\u202c \u200f\ufeff"},
    {"q": "nu\x00it"},
    {"q": "<script>alert(1)</script>"},
    {"q": "le la de"},
    *({"q": "nuit", "etape": "licorne", "theme": "\x00", "page": n} for n in ("deux", "²", "-1")),
    {"etape": "0-3-mois"},
    {"q": "كيف ينام الطفل"},
]


def test_whatever_is_typed_gets_a_decent_page_and_leaves_nothing(client, topics):
    for query in BAD:
        for more in ({}, {"suggestions": "1"}):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(SEARCH, {**query, **more})
            assert response.status_code == 200, query
            assert not response.cookies
            assert "no-store" in response["Cache-Control"]
            assert b"<script>" not in response.content
            writes = [q["sql"] for q in captured if not q["sql"].startswith("SELECT")]
            assert writes == [], query
    assert client.get("/xx/recherche/", {"q": "nuit"}, follow=True).status_code == 404
    assert client.post(SEARCH, {"q": "nuit"}).status_code == 405
    assert not FruitlessWord.objects.exists()

    with CaptureQueriesContext(connection) as captured:
        shown(client, q="nuit table oeuf")
    # The stages and the themes; the words; how many topics there are, what they hold of the
    # words, their themes and passages; the topics and their stages; help numbers; the
    # languages that are on.
    assert len(captured) <= 11


def test_the_field_stands_where_one_looks_for_it(client, site):
    for address, status in (("/fr/", 200), ("/fr/rien/", 404)):
        page = client.get(address)
        assert page.status_code == status
        assert re.search(rf'<form [^>]*action="{SEARCH}"', page.content.decode())
    header = client.get("/fr/sommeil/").content.decode().split("</header>")[0]
    assert f'href="{SEARCH}"' in header


def test_a_broken_site_still_has_the_field():
    from django.test import RequestFactory
    from django.views.defaults import server_error

    html = server_error(RequestFactory().get("/fr/")).content.decode()
    assert f'action="{SEARCH}"' in html
    assert 'name="q"' in html
