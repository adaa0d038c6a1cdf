"""One line of HTML in five short steps, and how to paste it."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.embeds.finders.oembed import OEmbedFinder

from pages.models import ThemePage
from pages.site_languages import prepare, switch
from partners.addresses import embed_path, list_path, map_path
from tests.factories.pages import stage
from tests.factories.translations import (
    published,
    reading_signatory,
    shelves,
    translated,
    translator,
)

PAGE = "/fr/partenaires/integrer/"


def form_of(response):
    """[(name, values on offer)] of the form that sends the answers on."""
    found = re.findall(
        r"<(?:input|button|option)\b[^>]*>", response.content.decode().split("<main")[1]
    )
    named = [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in found]
    return [(tag.get("name"), html.unescape(tag.get("value", ""))) for tag in named]


def texts(response):
    """What is there to be copied."""
    found = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", response.content.decode())
    return [html.unescape(text) for text in found]


def frames(response):
    found = re.findall(r'<iframe [^>]*src="([^"]+)"', response.content.decode())
    return [html.unescape(source) for source in found]


def test_five_steps_without_a_script_lead_to_a_line_that_works(client, site, caf):
    topic = site.live(title="Le sommeil & la nuit")
    answers = {}
    for step, name, value in (
        (1, "quoi", "sujet"),
        (2, "sujet", str(topic.translation_key)),
        (3, "langue", ""),
        (4, "couleur", "plum"),
    ):
        response = client.get(PAGE, answers)
        assert response.context["made"].step == step
        form = form_of(response)
        assert (name, value) in form
        assert set(answers.items()) <= set(form)  # passed on
        assert frames(response) == texts(response) == []
        assert "Le sommeil" in response.content.decode() or step != 2
        # Sent without an answer: the same step, and a sentence.
        again = client.get(PAGE, answers | {"fait": step})
        assert 'id="probleme"' in again.content.decode() or step > 2
        answers[name] = value
    answers["images"] = "non"

    without = client.get(PAGE, answers)
    assert texts(without) == []
    preview = embed_path(topic.translation_key, wash="plum", pictures=False)
    assert frames(without) == [preview, preview]
    unknown = client.get(PAGE, answers | {"partenaire": "x" * 22})
    assert texts(unknown) == []
    assert 'id="cle-probleme"' in unknown.content.decode()
    for page in (without, unknown):
        # Where a partner finds its key, and who is none yet asks for one.
        assert f'href="{reverse("partner_page_request")}"' in page.content.decode()
        assert f'href="{reverse("partner_request")}"' in page.content.decode()

    done = client.get(PAGE, answers | {"partenaire": caf.key})
    path = embed_path(topic.translation_key, caf, wash="plum", pictures=False)
    with_script, frame, address = texts(done)  # the best first
    assert frame == (
        f'<div><iframe src="http://testserver{html.escape(path)}" '
        'title="Le sommeil &amp; la nuit · Mes Infos Bébé" width="100%" height="700" '
        'frameborder="0"></iframe></div>'
    )
    page = f"http://testserver{path.replace('embed', 'sujet')}"
    assert f'<a data-mes-infos-bebe href="{html.escape(page)}">' in with_script
    assert f"<noscript>{frame.removeprefix('<div>').removesuffix('</div>')}" in with_script
    assert '<script src="http://testserver/embed-3.js" integrity="sha384-' in with_script
    assert address == page
    # Each of the three ways has what was chosen.
    answered = client.get("/oembed", {"url": address}).json()
    assert f'src="http://testserver{html.escape(path)}"' in answered["html"]
    assert frames(done) == [preview, preview]
    assert client.get(path).status_code == 200
    assert not done.cookies
    for response in (without, done):
        assert "frame-src" not in response["Content-Security-Policy"]  # default-src: our own
        assert not re.search(r'\sstyle="|\son\w+=', response.content.decode())
    aid = f"{reverse('partner_instructions')}?partenaire={caf.key}"
    assert aid in done.content.decode()
    # Back to a step, with every answer kept.
    back = client.get(PAGE, answers | {"pas": "1", "partenaire": caf.key})
    assert back.context["made"].step == 1
    assert ("couleur", "plum") in form_of(back)
    assert ("partenaire", caf.key) in form_of(back)


def test_every_kind_of_embed_can_be_put_together(client, site, caf):
    early = stage("early")
    topics = [site.live(title=title, stages=[early]) for title in ("Un", "Deux")]
    keys = tuple(topic.translation_key for topic in topics)
    done = {"langue": "fr", "couleur": "", "partenaire": caf.key}

    def made(**answers):
        lines = texts(client.get(PAGE, done | answers))
        frame = re.search(r'src="http://testserver([^"]+)"', lines[1])[1]
        return html.unescape(frame), len(lines)

    assert made(quoi="theme", theme="sommeil") == (
        list_path(caf, theme="sommeil", language="fr"),
        3,
    )
    assert made(quoi="etape", etape="early") == (list_path(caf, stage="early", language="fr"), 3)
    path = list_path(caf, topics=keys, language="fr")
    assert made(quoi="sujets", sujets=list(map(str, keys))) == (path, 3)
    assert made(quoi="sujets", sujets=",".join(map(str, keys))) == (path, 3)
    # What changes nothing is not asked, and stands in no line.
    on_map = {"quoi": "carte", "departement": "2A", "langue": "fr"}
    response = client.get(PAGE, on_map)
    assert len(frames(response)) == 2
    assert [number for number, *_rest in response.context["made"].steps()] == [1, 2, 3, 4]
    assert client.get(PAGE, on_map | {"pas": "4"}).context["made"].step == 5
    path = map_path(caf, departement="2A", language="fr")
    assert made(quoi="carte", departement="2A", couleur="plum", images="non") == (path, 3)
    # As the institution has it, unless somebody says otherwise.
    caf.pictures = False
    caf.save()
    asked = done | {"quoi": "theme", "theme": "sommeil"}
    step = client.get(PAGE, asked | {"pas": "4"}).context["pictures"]
    assert [choice.value for choice in step if choice.is_chosen] == ["non"]
    assert "images" not in made(**asked)[0]
    assert "images" not in made(**asked, images="non")[0]
    assert "images=oui" in made(**asked, images="oui")[0]
    # The previews, which hold no key, show what it has chosen.
    assert "images=non" in frames(client.get(PAGE, asked))[0]


def test_a_language_that_has_nothing_of_it_is_told_beforehand(client, site, caf):
    prepare("ar")
    shelves("ar")
    switch("ar", True, site.coordinator)
    french, both = site.live(title="Le bain"), site.live(title="Le sommeil")
    by = translator("ar")
    page = translated(both, "ar", site.author, by, mark="نوم")
    published(page, by, reading_signatory("ar", display_name="Rachid Ben Ali"))
    chosen = {"quoi": "sujet", "sujet": french.translation_key}
    # Whoever reads Arabic chooses among all of them, each in its best language.
    shelves_there = client.get("/ar/partenaires/integrer/", {"quoi": "sujet"})
    offered = {
        choice.value: (code, choice.language)
        for (_theme, code), choices in shelves_there.context["made"].choices().items()
        for choice in choices
    }
    assert offered == {
        str(both.translation_key): ("ar", "ar"),
        str(french.translation_key): ("fr", "fr"),
    }
    assert 'lang="fr" dir="ltr">Le bain</span>' in shelves_there.content.decode()

    def told(**answers):
        return client.get(PAGE, chosen | answers).content.decode().count("data-missing")

    assert told() == 1  # Arabic, among the choices
    assert told(sujet=both.translation_key) == 0
    assert told(quoi="sujets", sujets=f"{french.translation_key},{both.translation_key}") == 0
    assert told(quoi="theme", theme="sommeil") == told(quoi="carte", departement="2A") == 0
    assert told(quoi="etape", etape=site.stage.slug) == 0
    done = {"couleur": "", "partenaire": caf.key}
    ThemePage.objects.filter(locale__language_code="ar").update(slug="noum")
    for language in ("fr", "ar"):
        asked = {"quoi": "theme", "theme": "noum", "langue": language} | done
        theme = client.get("/ar/partenaires/integrer/", asked).context["made"].which
        assert theme.locale.language_code == language
    assert told(langue="ar", **done) == 1
    assert told(langue="fr", **done) == told(langue="", **done) == 0
    caf.language = "ar"
    caf.save()
    step = client.get(PAGE, chosen | {"partenaire": caf.key, "pas": "3"})
    assert "العربية" in step.context["made"].choices()[0].label


@pytest.mark.any_database
def test_odd_answers_are_no_answers(client, site, caf):
    many = ",".join(f"{number:08x}-0000-4000-8000-000000000000" for number in range(13))
    for answers, step in (
        ({"quoi": "x", "pas": "5"}, 1),
        ({"quoi": "sujet", "sujet": "%00", "pas": "-1", "langue": "zz"}, 2),
        ({"quoi": "theme", "theme": "x" * 9000}, 2),
        ({"quoi": "carte", "departement": "999", "couleur": "red"}, 2),
        ({"quoi": "etape", "etape": site.stage.slug, "langue": "zz"}, 3),
        ({"quoi": "etape", "etape": site.stage.slug, "langue": "", "couleur": "x"}, 4),
        ({"quoi": "sujets", "sujets": many, "fait": "2"}, 2),
    ):
        response = client.get(PAGE, answers)
        assert response.status_code == 200
        assert response.context["made"].step == step, answers
    assert "13" in response.context["made"].problem
    assert client.post(PAGE).status_code == 405


def test_the_instructions_work_as_they_stand(client, site, caf):
    topic = site.live()
    response = client.get("/fr/partenaires/aide/")
    assert response.status_code == 200
    assert not response.cookies
    provider, provider_url, scheme, endpoint, frames, wagtail, origin = texts(response)
    assert endpoint == "http://testserver/oembed"
    assert provider_url == origin == "http://testserver"
    address = f"{origin}{topic.get_url()}"
    answered = client.get("/oembed", {"url": address}).json()
    [source] = re.findall(r'src="([^"]+)"', answered["html"])
    # Drupal knows a provider by the name in its answers; it compares addresses like this.
    assert provider == answered["provider_name"]
    assert re.fullmatch(scheme.replace(".", r"\.").replace("*", ".*"), address)
    # Discourse shows frames by how their address begins, which has to end the host's name.
    assert source.lower().startswith(frames.lower())
    assert frames.count("/") >= 3
    assert reverse("partner_assistant") in response.content.decode()
    # Whoever says her key finds it in what she copies.
    known = client.get("/fr/partenaires/aide/", {"partenaire": caf.key})
    ending = texts(known)[0]
    answered = client.get("/oembed", {"url": f"{address}{ending}"}).json()
    assert f"partenaire={caf.key}" in answered["html"]
    assert f'{reverse("partner_assistant")}{ending}"' in known.content.decode()
    unknown = client.get("/fr/partenaires/aide/", {"partenaire": "x" * 22}).content.decode()
    assert 'id="cle-probleme"' in unknown
    # The settings of a Wagtail site, as its reader would paste them.
    pasted = {}
    exec(wagtail, pasted)  # noqa: S102 - what our own page says
    [ours, others] = pasted["WAGTAILEMBEDS_FINDERS"]
    finder = OEmbedFinder(providers=ours["providers"])
    assert finder.accept(address)
    assert finder.accept(source)
    assert finder.accept(f"http://testserver{topic.get_url()}")
    assert not finder.accept("http://testserver.example/fr/sommeil/x/")
    assert not finder.accept("https://www.youtube.com/watch?v=1")
    assert ours["class"] == others["class"] == "wagtail.embeds.finders.oembed"


def test_discourse_makes_a_card_of_an_address_alone(client, site, caf):
    """Not a frame, whose height it would fix and whose scrollbar it would take away."""
    topic = site.live()
    pages = [topic.get_url(), site.theme.get_url()]
    embeds = [
        embed_path(topic.translation_key, caf),
        list_path(caf, theme="sommeil"),
        map_path(caf, departement="974"),
    ]
    for address in pages + embeds:
        head = client.get(address).content.decode().split("</head>")[0]
        assert "json+oembed" in head
        assert '<meta property="og:type" content="article">' in head
        assert re.search(r'<meta name="description" content="\S[^"]+">', head), address
