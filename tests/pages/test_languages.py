"""Languages that are on: in addresses, in the choice of languages, in search engines."""

import re

import pytest
from django.urls import reverse

from pages.models import HomePage, SiteLanguage, Stage, ThemePage, TopicPage
from pages.site_languages import prepare, switch
from tests.factories.pages import help_number, stream
from tests.factories.translations import (
    in_words,
    published,
    reading_signatory,
    shelves,
    translated,
    translator,
)
from tests.factories.workgroups import publish
from tests.workgroups.doors import told
from workgroups import translations, workflow

ADDRESS = reverse("pages_languages")


def turn_on(code, user):
    """Prepare a language and switch it on."""
    prepare(code)
    shelves(code)
    assert switch(code, True, user)


@pytest.fixture
def arabic(site):
    """Arabic, switched on, with its home page and the one theme."""
    turn_on("ar", site.coordinator)
    return site


@pytest.fixture
def in_arabic(arabic):
    """A topic in French and in Arabic: (the French page, the Arabic one)."""
    live = arabic.live(title="Le sommeil")
    by = translator("ar")
    page = translated(live, "ar", arabic.author, by, mark="نوم")
    return live, published(page, by, reading_signatory("ar", display_name="Rachid Ben Ali"))


def links(response):
    """{language: address} of the choice of languages."""
    html = response.content.decode()
    nav = re.search(r'(?s)<nav class="language-switch".*?</nav>', html)
    found = re.findall(r'<a href="([^"]*)" hreflang="(\w+)"', nav[0]) if nav else []
    return {code: address for address, code in found}


def alternates(response):
    found = re.findall(
        r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)"', response.content.decode()
    )
    return dict(found)


def test_a_language_that_is_off_is_nowhere(client, site):
    topic = site.live()
    prepare("ar")
    shelves("ar")
    for address in ("/ar/", "/ar/sommeil/", "/ar/inconnu/", "/en/", "/de/", "/xx/", "/zz-zz/a/"):
        response = client.get(address)
        assert response.status_code == 404
        assert 'lang="fr"' in response.content.decode()
    for address in ("/fr/", topic.get_url()):
        response = client.get(address)
        assert links(response) == alternates(response) == {}
    assert client.get("/", headers={"accept-language": "ar"}).url == "/fr/"


def test_the_browsers_language_decides_at_the_root_alone(client, arabic):
    def led(languages):
        response = client.get("/", headers={"accept-language": languages})
        assert "Accept-Language" in response["Vary"]
        return response.url

    assert led("ar") == led("ar-DZ,fr;q=0.5") == led("en,tr;q=0.9,ar;q=0.3") == "/ar/"
    assert led("en") == led("") == led("x" * 10_000) == led("fr, ar;q=0.1") == "/fr/"
    french = client.get("/fr/", headers={"accept-language": "ar"})
    assert 'lang="fr"' in french.content.decode()


def test_the_choice_leads_to_the_same_topic_and_back(client, in_arabic):
    french, _arabic = in_arabic
    there = client.get(french.get_url())
    assert links(there) == {"fr": french.get_url(), "ar": "/ar/sommeil/le-sommeil/"}
    back = client.get(links(there)["ar"])
    assert '<html lang="ar" dir="rtl">' in back.content.decode()
    assert links(back) == links(there)
    full = {code: f"http://testserver{address}" for code, address in links(there).items()}
    expected = full | {"x-default": full["fr"]}
    assert alternates(there) == alternates(back) == expected


def test_home_and_themes_have_their_versions_too(client, arabic):
    home = client.get("/ar/")
    assert links(home) == {"fr": "/fr/", "ar": "/ar/"}
    assert alternates(home)["x-default"] == "http://testserver/"
    assert links(client.get("/fr/sommeil/")) == {"fr": "/fr/sommeil/", "ar": "/ar/sommeil/"}


def test_what_is_not_translated_is_said_and_leads_to_its_theme(client, arabic):
    topic = arabic.live()
    response = client.get(topic.get_url())
    assert links(response)["ar"] == "/ar/sommeil/"
    said = r'hreflang="ar" lang="ar" dir="rtl">العربية \('
    assert re.search(said, response.content.decode())
    assert alternates(response) == {}
    ThemePage.objects.get(locale__language_code="ar").unpublish()
    assert links(client.get(topic.get_url()))["ar"] == "/ar/"
    missing = client.get("/ar/sommeil/rien/")
    assert missing.status_code == 404
    assert links(missing) == {"fr": "/fr/", "ar": "/ar/"}


def test_the_choice_keeps_what_was_chosen_and_leads_to_no_missing_page(client, arabic):
    topic, stage = arabic.live(), arabic.stage
    stage.in_languages = {"ar": {"name": "أشهر أولى"}}
    stage.save()
    assert links(client.get(f"{topic.get_url()}avis/"))["ar"] == "/ar/sommeil/"
    home = client.get(f"/fr/?etape={stage.slug}&x=1")
    assert links(home)["ar"] == f"/ar/?etape={stage.slug}"
    assert alternates(home)["ar"] == "http://testserver/ar/"
    there = client.get(links(home)["ar"]).content.decode()
    assert "أشهر أولى ·" in re.search(r"(?s)<title>.*?</title>", there)[0]
    key = str(topic.translation_key)
    assert links(client.get(f"/fr/livret/?sujets={key}"))["ar"] == f"/ar/livret/?sujets={key}"
    nothing = client.get("/fr/livret/?sujets=x,y&etape=%22%3E")
    assert links(nothing)["ar"] == "/ar/livret/"


def test_a_language_goes_off_with_its_home_page(client, arabic):
    HomePage.objects.get(locale__language_code="ar").unpublish()
    assert client.get("/ar/").status_code == 404
    assert links(client.get("/fr/")) == {}


def test_coordinators_switch_and_nobody_else(client, site):
    for user, able in ((site.author, False), (site.signatory, False), (site.coordinator, True)):
        client.force_login(user)
        assert (client.get(ADDRESS).status_code == 200) is able
        early = client.post(ADDRESS, {"language": "tr", "do": "on"})
        assert not SiteLanguage.objects.filter(is_on=True).exists()
    assert told(early)
    client.post(ADDRESS, {"language": "tr", "do": "prepare"})
    shelves("tr")
    client.post(ADDRESS, {"language": "tr", "do": "on"})
    assert client.get("/tr/").status_code == 200
    assert told(client.post(ADDRESS, {"language": "tr", "do": "on"}))
    client.post(ADDRESS, {"language": "tr", "do": "off"})
    assert client.get("/tr/").status_code == 404
    assert told(client.post(ADDRESS, {"language": "fr", "do": "off"}))
    assert client.get("/fr/").status_code == 200
    assert client.post(ADDRESS, {"language": "xx", "do": "on"}, follow=True).status_code == 404


def test_parents_read_that_a_translation_is_of_an_earlier_version(client, site, in_arabic):
    french, arabic = in_arabic
    assert "translation-behind" not in client.get(arabic.get_url()).content.decode()
    workflow.start_round(french, site.author)
    draft = french.get_latest_revision_as_object()
    draft.key_message = "Il dort."
    draft.save_revision(user=site.author)
    publish(french, site.author, site.signatory)
    html = client.get(arabic.get_url()).content.decode()
    said = re.search(r'(?s)<p class="translation-behind">.*?</p>', html)[0]
    assert f'href="{french.get_url()}"' in said
    assert "نوم" in html
    by = translator("ar")
    translations.write(arabic, in_words(arabic, "نوم"), by)
    published(arabic, by, reading_signatory("ar"))
    assert "translation-behind" not in client.get(arabic.get_url()).content.decode()


def test_what_has_no_name_in_the_language_is_marked_as_french(client, site, in_arabic):
    _french, arabic = in_arabic
    html = client.get(arabic.get_url()).content.decode()
    for french in ("Samu", "0-3-mois", "puéricultrice"):
        assert re.search(f'<span lang="fr" dir="ltr">{french}', html), french
    assert '<strong dir="auto">Rachid Ben Ali</strong>' in html
    assert re.search(r'class="call" dir="ltr" href="tel:15"', html)
    Stage.objects.update(in_languages={"ar": {"label": "0–3 أشهر"}})
    help_number(in_languages={"ar": {"name": "الإسعاف"}})
    html = client.get(arabic.get_url()).content.decode()
    assert "<li>0–3 أشهر</li>" in html
    assert "<strong>الإسعاف</strong>" in html


def test_names_in_other_languages_are_kept_by_the_forms(client, site):
    client.force_login(site.coordinator)
    address = reverse("stage:edit", args=[site.stage.pk])
    fields = {"label": "0–3 mois", "name": "Trois mois", "slug": site.stage.slug}
    days = {"from_day": 15, "to_day": 120, "picture": ""}
    said = {"in_languages-ar-label": "0–3 أشهر", "in_languages-uk-name": " Перші  місяці "}
    client.post(address, {**fields, **days, **said})
    kept = {"ar": {"label": "0–3 أشهر"}, "uk": {"name": "Перші місяці"}}
    assert Stage.objects.get().in_languages == kept
    too_long = client.post(address, {**fields, **days, "in_languages-ar-label": "س" * 41})
    assert too_long.status_code == 200
    assert Stage.objects.get().in_languages == kept


def test_what_editors_choose_to_follow_reaches_translations(client, site, in_arabic):
    french, arabic = in_arabic
    first, chosen = site.live(title="Premier"), site.live(title="Choisi")
    by, reader = translator("ar"), reading_signatory("ar")
    for topic in (chosen, first):
        published(translated(topic, "ar", site.author, by, mark="ب"), by, reader)

    def next_ones():
        html = client.get(arabic.get_url()).content.decode()
        return re.findall(r'href="(/ar/sommeil/(?:choisi|premier)/)"', html)

    assert next_ones() == ["/ar/sommeil/premier/", "/ar/sommeil/choisi/"]
    workflow.start_round(french, site.author)
    draft = french.get_latest_revision_as_object()
    draft.next_topics = stream(("topic", chosen.pk))
    draft.save_revision(user=site.author)
    publish(french, site.author, site.signatory)
    assert next_ones() == ["/ar/sommeil/choisi/", "/ar/sommeil/premier/"]


def test_french_texts_are_not_published_in_another_language(client, site):
    site.theme.introduction = "Les nuits et les siestes."
    site.theme.save_revision().publish()
    prepare("ar")
    theme = ThemePage.objects.get(locale__language_code="ar")
    client.force_login(site.coordinator)
    fields = {"title": theme.title, "slug": "sommeil", "wash": "sun", "action-publish": "1"}
    fields |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    edit = reverse("wagtailadmin_pages:edit", args=[theme.pk])
    french = client.post(edit, fields | {"introduction": site.theme.introduction})
    assert told(french)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={theme.pk}&next=/admin/", {})
    assert not ThemePage.objects.get(pk=theme.pk).live
    arabic = client.post(edit, fields | {"introduction": "الليالي والقيلولة."})
    assert ThemePage.objects.get(pk=theme.pk).live
    # The title may be the same word: that is said, and left to people.
    assert theme.title in told(arabic)


def test_a_link_in_a_translation_leads_to_its_translation(client, arabic):
    linked = arabic.live(title="Lié")
    body = f'<p>Voir <a linktype="page" id="{linked.pk}">ceci</a>.</p>'
    live = arabic.live(title="Source", body=stream(("text", body)))
    by, reader = translator("ar"), reading_signatory("ar")
    page = published(translated(live, "ar", arabic.author, by), by, reader)
    assert 'href="/ar/sommeil/lie/"' not in client.get(page.get_url()).content.decode()
    published(translated(linked, "ar", arabic.author, by), by, reader)
    assert 'href="/ar/sommeil/lie/"' in client.get(page.get_url()).content.decode()
    assert TopicPage.objects.live().count() == 4
