"""“New topic” on the admin's home: the theme where there is a choice, then the editor."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import gettext

from tests.factories.pages import theme_page
from tests.factories.workgroups import WorkgroupFactory, person


@pytest.fixture
def screen(client, site):
    """The screen as a person finds it who comes from the admin's home."""

    def opened(user):
        client.force_login(user)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("pages_new_topic") in home
        return client.get(reverse("pages_new_topic"))

    return opened


def add_url(theme):
    return reverse("wagtailadmin_pages:add", args=["pages", "topicpage", theme.pk])


def test_it_says_what_it_is_and_offers_the_themes_of_ones_groups(site, screen):
    second = theme_page(site.home, site.group, title="Repas", slug="repas")
    other = theme_page(site.home, WorkgroupFactory(name="Bain"), title="Bain", slug="bain")
    page = BeautifulSoup(screen(site.author).content, "html.parser")
    assert page.title.get_text().strip().startswith(gettext("New topic"))
    assert page.find("h1").get_text().strip() == gettext("New topic")
    offered = {link["href"] for link in page.select("main a, .listing a")}
    assert {add_url(site.theme), add_url(second)} <= offered
    assert add_url(other) not in offered


def test_one_theme_leads_straight_to_the_editor(site, screen):
    assert screen(site.author).url == add_url(site.theme)


def test_without_a_theme_it_says_whom_to_ask(client, site):
    client.force_login(person("author"))
    response = client.get(reverse("pages_new_topic"))
    assert response.url == reverse("wagtailadmin_home")
    assert [str(message).strip() for message in get_messages(response.wsgi_request)] == [
        gettext("Your groups do not write for a theme yet: ask a coordinator.")
    ]
