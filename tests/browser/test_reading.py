"""What one does with a topic besides reading it: enlarge, leaf through, listen, answer."""

import json

import pytest

from pages.models import Opinion, TopicPage
from tests.browser.axe import assert_axe_clean

TALKING = "/fr/eveil/parler-a-son-bebe/"
SCREENS = "/fr/eveil/les-ecrans-avant-3-ans/"
SLEEPING_SAFELY = "/fr/sommeil/coucher-bebe-en-securite/"
NARROW = {"width": 320, "height": 800}

# A device that speaks when it is told to: `voices` is what it has; the page says what it is
# asked to say in `said`, and the test ends each utterance.
SPEECH = """(() => {
    const voices = %s;
    window.said = [];
    class Utterance { constructor(text) { this.text = text; } }
    const speech = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        speak(utterance) { this.now = utterance; window.said.push(utterance); },
        cancel() { const last = this.now; this.now = null; last?.onerror?.({error: "canceled"}); },
        end() { const last = this.now; this.now = null; last.onend(); },
    });
    Object.defineProperty(window, "speechSynthesis", {value: speech});
    window.SpeechSynthesisUtterance = Utterance;
})();"""
OWN = {"lang": "fr_FR", "name": "Amélie", "localService": True}
FAR = {"lang": "fr-FR", "name": "Nuage", "localService": False}
ENGLISH = {"lang": "en-GB", "name": "Kate", "localService": True}


def with_voices(page, *voices):
    page.add_init_script(SPEECH % json.dumps(voices))
    page.goto(TALKING)
    return page.locator("[data-listen]")


def test_pictures_and_tables_fit_the_narrowest_screen(page):
    page.set_viewport_size(NARROW)
    page.goto(SCREENS)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    row = page.locator(".cards__row")
    row.focus()
    page.keyboard.press("ArrowRight")
    # As a function: the site's policy lets no text become a script.
    page.wait_for_function("() => document.querySelector('.cards__row').scrollLeft > 0")

    page.goto(TALKING)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    link = page.locator("[data-zoom]")
    link.click()
    dialog = page.locator("dialog.zoom[open]")
    picture = dialog.locator("img")
    picture.evaluate("picture => picture.decode()")
    assert picture.evaluate("picture => picture.naturalWidth") == 1600
    assert picture.bounding_box()["width"] > NARROW["width"]
    assert picture.get_attribute("alt")
    assert_axe_clean(page)
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert link.evaluate("link => link === document.activeElement")


@pytest.mark.parametrize("voices", [[FAR], [ENGLISH], []], ids=["far", "another", "none"])
def test_nothing_is_read_where_the_device_has_no_voice_of_its_own(page, voices):
    assert with_voices(page, *voices).is_hidden()


def test_a_topic_is_read_sentence_by_sentence(page):
    bar = with_voices(page, FAR, ENGLISH, OWN)
    nested = "<li>Ne donnez jamais : <ul><li>du miel</li> <li>du lait cru</li></ul> à bébé.</li>"
    text = page.locator(".text-block").last
    text.evaluate("(text, html) => (text.innerHTML += html)", f"<ul>{nested}</ul>")
    read = page.locator(".being-read")
    bar.locator("[data-listen-start]").press("Enter")
    assert page.evaluate("said[0].text") == "Parler à son bébé"
    assert page.evaluate("said[0].voice.name") == "Amélie"
    assert read.inner_text() == "Parler à son bébé"
    assert bar.locator("[role=status]").inner_text()
    for _ in range(9):
        page.evaluate("speechSynthesis.end()")
    sentence = page.evaluate("said.at(-1).text")
    assert "".join(read.all_inner_texts()).strip() == sentence

    # A pause keeps the place.
    page.keyboard.press("Space")
    assert page.evaluate("speechSynthesis.now") is None
    page.keyboard.press("Space")
    assert page.evaluate("said.at(-1).text") == sentence

    # To the end: what is folded is opened, and what is no text is left out.
    page.evaluate("while (speechSynthesis.now) speechSynthesis.end()")
    said = " ".join(page.evaluate("said.map(each => each.text)"))
    assert "Un enfant peut apprendre plusieurs langues" in said
    assert page.locator(".true-false[open]").count() == 1
    # A list in a list, and the words of a picture that is all words.
    assert "Ne donnez jamais : du miel du lait cru à bébé." in said
    words = page.locator(".infographic .long-description p").first.text_content()
    assert words.split(".")[0] in said
    assert "Maud Le Bihan" not in said
    assert "Claire Vasseur" not in said
    assert said.index("Votre voix") < said.index("Il vous écoute") < said.index("La PMI")
    assert read.count() == 0
    assert_axe_clean(page)

    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert read.count() == 0
    assert page.evaluate("speechSynthesis.now") is None


def test_a_parent_says_whether_it_was_useful(page, base_url):
    before = Opinion.objects.count()
    page.goto(TALKING)
    page.locator(".useful summary").click()
    page.locator("#useful-sentence").fill("Clair et court.")
    page.locator(".useful [value=yes]").dblclick()
    page.wait_for_url("**/avis/?merci")
    assert page.context.cookies() == []
    kept = Opinion.objects.order_by("-pk")
    assert kept.count() == before + 1
    assert kept[0].sentence == "Clair et court."
    assert_axe_clean(page)


def test_from_a_topic_to_its_easy_version_and_back(page):
    easy = TopicPage.objects.exclude(easy_version_of=None).get()
    page.goto(SLEEPING_SAFELY)
    page.locator(".other-version a").click()
    page.wait_for_url(f"**/{easy.slug}/")
    assert_axe_clean(page)
    page.locator(".other-version a").click()
    page.wait_for_url(f"**{SLEEPING_SAFELY}")
