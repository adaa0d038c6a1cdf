"""What parents and search engines get, through the front door."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.urls import Resolver404, resolve
from django.utils import timezone

from pages.models import HomePage, TopicPage
from tests.factories.pages import help_number, stage, stream, theme_page
from tests.factories.workgroups import illustration, publish
from workgroups import signing
from workgroups.models import EditorialRecord

TOPIC = "/fr/sommeil/mon-bebe-se-reveille/"


def html_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def json_ld(html):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(found[1])


def test_home_opens_with_the_ages_then_themes_and_what_is_new(client, site):
    site.live()
    html = html_of(client, "/fr/")
    ages, themes, new = (html.index(f'id="{name}"') for name in ("ages", "themes", "sujets"))
    assert ages < themes < new
    assert 'href="?etape=0-3-mois#sujets"' in html
    assert TOPIC in html


def test_a_stage_lists_its_own_live_topics(client, site):
    other = stage("1-an")
    site.live(title="Pour les tout-petits")
    site.live(title="Pour les grands", stages=[other])
    html = html_of(client, "/fr/?etape=1-an")
    assert "Pour les grands" in html
    assert "Pour les tout-petits" not in html
    assert 'aria-current="true"' in html


def test_a_stage_that_does_not_exist_shows_the_home_page(client, site):
    assert 'id="ages"' in html_of(client, "/fr/?etape=licorne")


def test_home_and_theme_list_only_what_is_live(client, site):
    site.draft(title="En cours")
    live = site.live(title="En ligne")
    for url in ("/fr/", "/fr/sommeil/", "/fr/?etape=0-3-mois"):
        html = html_of(client, url)
        assert "En cours" not in html
        assert live.get_url() in html


def test_a_draft_has_no_address(client, site):
    draft = site.draft()
    html_of(client, draft.get_url(), status=404)


def test_a_withdrawn_topic_is_gone_at_once(client, site):
    topic = site.live()
    html_of(client, TOPIC)
    signing.withdraw(topic, site.coordinator, "Une dose était fausse.")
    html_of(client, TOPIC, status=404)


def test_a_second_round_changes_nothing_for_parents(client, site):
    from workgroups.workflow import start_round

    topic = site.live()
    start_round(topic, site.author)
    topic = TopicPage.objects.get(pk=topic.pk)
    topic.key_message = "Un tout autre message."
    topic.save_revision(user=site.author)
    html = html_of(client, TOPIC)
    assert "Se réveiller la nuit est normal." in html
    assert "tout autre message" not in html


def test_the_parts_of_a_topic_come_in_their_order(client, site):
    site.live(
        body=stream(
            ("text", "<p>Le corps du texte.</p>"),
        )
    )
    html = html_of(client, TOPIC)
    parts = [
        'class="topic-hero__theme"',
        "<h1>Mon bébé se réveille</h1>",
        "Se réveiller la nuit est normal.",
        'class="chips"',
        "topic-hero__figure",
        "<figcaption>",
        'id="in-brief"',
        "Le corps du texte.",
        'id="asking-for-help"',
        'id="signed-by"',
        'id="sources"',
    ]
    positions = [html.index(part, html.index("<main")) for part in parts]
    assert positions == sorted(positions)


def test_the_box_of_signatures_comes_from_the_signatures_alone(client, site):
    site.theme.required_signatures = 2
    site.theme.save_revision().publish()
    topic = site.live(site.signatory, site.second_signatory)
    site.signatory.display_name = "Un autre nom"
    site.signatory.save()
    html = html_of(client, TOPIC)
    assert "Hélène Garnier" in html
    assert "Karim Benali" in html
    assert "Un autre nom" not in html
    reviewers = [person["name"] for person in json_ld(html)["reviewedBy"]]
    assert reviewers == ["Hélène Garnier", "Karim Benali"]
    assert len(topic.valid_sign_offs) == 2


def test_parents_read_that_a_topic_is_long_due_for_review(client, site, settings):
    settings.REVIEW_GRACE_DAYS = 10
    topic = site.live()
    due = topic.valid_sign_offs[0].review_due_on
    words = "signed-by__again"
    for days, told in ((0, False), (9, False), (10, True)):
        with time_machine.travel(
            datetime(due.year, due.month, due.day, 12, tzinfo=UTC) + timedelta(days=days)
        ):
            assert (words in html_of(client, topic.get_url())) == told


def test_parents_read_it_of_a_topic_whose_review_was_brought_forward_too(client, site, settings):
    """By a theme that asks for one signature more, say: the signature keeps its own date."""
    settings.REVIEW_GRACE_DAYS = 10
    topic = site.live()
    forward = timezone.localdate() - timedelta(days=10)
    EditorialRecord.objects.filter(page=topic.pk).update(review_due_on=forward)
    assert "signed-by__again" in html_of(client, topic.get_url())


def test_search_engines_get_what_they_need(client, site):
    site.live(seo_title="Le titre cherché", search_description="Ce qu'on y lit.")
    html = html_of(client, TOPIC)
    assert "<title>Le titre cherché · Mes Infos Bébé</title>" in html
    assert '<meta name="description" content="Ce qu’on y lit.">' in html
    assert f'<link rel="canonical" href="http://testserver{TOPIC}">' in html
    assert '<meta property="og:type" content="article">' in html
    assert re.search(r'<meta property="og:image" content="http://testserver/[^"]+\.jpg">', html)
    data = json_ld(html)
    assert data["@type"] == "MedicalWebPage"
    assert data["lastReviewed"] == timezone.localdate().isoformat()
    assert data["mainEntity"]["@type"] == "Article"
    assert data["mainEntity"]["mainEntityOfPage"] == f"http://testserver{TOPIC}"


def test_a_title_cannot_break_out_of_the_structured_data(client, site):
    topic = site.live(title="</script><script>alert(1)</script>")
    html = html_of(client, topic.get_url())
    assert "<script>alert" not in html
    assert json_ld(html)["name"].startswith("</script>")


@pytest.mark.parametrize("url", ["/fr/", "/fr/sommeil/", TOPIC, "/fr/rien/", "/fr/a/b/"])
def test_no_cookie_nothing_inline_nothing_from_elsewhere(client, site, url):
    site.live()
    response = client.get(url)
    html = response.content.decode()
    assert not response.cookies
    assert not re.search(r"\sstyle=|\son\w+=|<style", html)
    scripts = re.findall(r"<script[^>]*>", html)
    file = r'src="/static/js/[a-z-]+\.js"'
    ours = rf'<script (?:type="application/ld\+json"|type="module" {file}|{file} defer)>'
    assert [tag for tag in scripts if not re.fullmatch(ours, tag)] == []
    loaded = re.findall(r'(?:src|srcset|href)="((?:https?:)?//[^"]+)"', html)
    sources = {"https://www.ameli.fr/", "https://www.sante.fr/", "https://www.monenfant.fr/"}
    assert all(u in sources or u.startswith("http://testserver/") for u in loaded)


def test_the_footer_of_every_page_has_the_help_numbers(client, site):
    site.live()
    for url, status in (("/fr/", 200), ("/fr/sommeil/", 200), (TOPIC, 200), ("/fr/rien/", 404)):
        html = html_of(client, url, status)
        assert 'href="tel:15"' in html[html.index("<footer") :]


def test_a_help_number_leads_to_its_own_site(client, site):
    help_number("parents", name="Allô parents", url="https://www.parents.example/horaires/")
    numbers = {"text": "À tout moment.", "numbers": ["samu-15", "parents"]}
    topic = site.live(help_block=stream(("help", numbers)))
    html = html_of(client, topic.get_url())
    footer = html.index("<footer")
    link = r'<a [^>]*href="https://www\.parents\.example/horaires/">([^<]*)</a>'
    for part in (html[html.index('id="asking-for-help"') : footer], html[footer:]):
        assert [words.split()[-1] for words in re.findall(link, part)] == ["parents.example"]
        assert len(re.findall(r'href="(?:http|")', part.split("</ul>")[0])) == 1


def test_something_broken_still_shows_the_numbers():
    from django.test import RequestFactory
    from django.views.defaults import server_error

    html = server_error(RequestFactory().get("/fr/")).content.decode()
    for number in ("15", "112", "119"):
        assert f'href="tel:{number}"' in html


def test_pictures_have_their_size_and_only_the_first_is_eager(client, site):
    placed = {"image": illustration().pk, "decorative": False, "alt_text": "Un lit d'enfant"}
    site.live(body=stream(("picture", {"picture": placed, "caption": "Le lit"})))
    pictures = re.findall(r"<img[^>]+>", html_of(client, TOPIC))
    assert len(pictures) == 2
    assert all(re.search(r'width="\d+" height="\d+"', picture) for picture in pictures)
    assert ["loading=" in picture for picture in pictures] == [False, True]
    assert 'alt="Un lit d’enfant"' in pictures[1]


def test_a_decorative_picture_has_an_empty_alternative(client, site):
    site.live(lead_is_decorative=True)
    assert 'alt=""' in html_of(client, TOPIC)


def test_a_private_theme_stays_private(client, site):
    from wagtail.models import PageViewRestriction

    # Before anything is live under it: later, the database refuses to hide topics.
    PageViewRestriction.objects.create(
        page=HomePage.objects.get(), restriction_type=PageViewRestriction.LOGIN
    )
    site.live()
    assert client.get(TOPIC).status_code == 302


def test_a_topic_of_another_theme_has_its_own_address(client, site):
    other = theme_page(site.home, site.group, title="Repas", slug="repas")
    topic = publish(site.draft(theme=other, title="La soupe"), site.author, site.signatory)
    html_of(client, topic.get_url())
    html_of(client, "/fr/sommeil/la-soupe/", status=404)


def test_the_preview_of_an_unfinished_draft_works(site):
    page = TopicPage(title="Tout juste commencé", locale=site.home.locale, live=False)
    page.initial_workgroup = site.group
    site.theme.add_child(instance=page)
    page.body = stream(
        ("steps", {"heading": "", "steps": [{"picture": {"image": None}, "title": ""}]}),
        ("picture", {"picture": {"image": None}, "caption": ""}),
        ("recording", {"heading": "", "recording": None}),
    )
    html = page.make_preview_request().render().content.decode()
    assert "Tout juste commencé" in html


@pytest.mark.parametrize("address", ["/fr/a/b%00/", "/fr/a%00/b/", "/fr/x%00/"])
def test_an_address_that_no_page_can_have_is_not_found(client, db, address):
    # PostgreSQL takes no NUL byte in a value.
    assert client.get(address).status_code == 404
    with pytest.raises(Resolver404):
        resolve(unquote(address))
