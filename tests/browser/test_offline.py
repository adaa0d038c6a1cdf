"""A topic that a parent keeps opens without a line; nothing is kept that she did not ask for,
and nothing is left when she forgets it."""

import pytest
from playwright.sync_api import expect

from pages.models import TopicPage
from tests.browser.conftest import PATIENCE
from tests.factories.workgroups import person
from workgroups import signing

TRACES = """async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    stored: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).length,
})"""
# Of some addresses, which are kept.
KEPT = "urls => Promise.all(urls.map(async url => Boolean(await caches.match(url))))"
# Press "keep" and, once the worker is about to begin, forget everything.
FORGET_MEANWHILE = """async () => {
    let go;
    navigator.locks.request("keeping", () => new Promise((resolve) => (go = resolve)));
    document.querySelector('[data-does="keep"]').click();
    const waits = async () => (await navigator.locks.query()).pending.length;
    while (!(await waits())) await new Promise(requestAnimationFrame);
    const forgotten = keeping.forgetAll();
    go();
    await forgotten;
}"""
NOTHING = {"caches": [], "workers": 0, "stored": 0, "databases": 0}


@pytest.fixture
def topic(demo):
    return TopicPage.objects.get(locale__language_code="fr", slug="mon-bebe-se-reveille-la-nuit")


expect.set_options(timeout=PATIENCE)


def does(page, name):
    return page.locator(f'[data-does="{name}"]')


def keep(page, topic):
    page.goto(topic.get_url(), wait_until="networkidle")
    does(page, "keep").click()
    expect(does(page, "forget")).to_be_visible()


def test_a_kept_topic_opens_without_a_line_until_it_is_forgotten(page, topic, page_problems):
    page.goto("/fr/")
    page.goto(topic.get_url(), wait_until="networkidle")
    assert page.evaluate(TRACES) == NOTHING  # nothing unasked
    keep(page, topic)
    expect(page.locator(".topic-tools__said")).to_contain_text("20")  # the day

    # Forgetting one of two takes its pictures along, and leaves those of the other.
    mine = page.locator("main img").first.get_attribute("src")
    other = TopicPage.objects.get(locale__language_code="fr", slug="coucher-bebe-en-securite")
    keep(page, other)
    its = page.locator("main img").first.get_attribute("src")
    assert page.evaluate(KEPT, [mine, its]) == [True, True]
    does(page, "forget").click()
    expect(does(page, "keep")).to_be_focused()
    assert page.evaluate(KEPT, [mine, its]) == [True, False]

    page.context.set_offline(True)
    page.goto("/fr/mes-sujets-gardes/")
    expect(page.locator(".kept-topic")).to_have_count(1)
    page.locator(".kept-topic a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(topic.title)
    expect(page.locator("main .kept-note")).to_contain_text("20")
    broken = "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(broken) == []
    assert page.evaluate("document.fonts.check('700 1rem Andika')")
    # What is not kept leads to what is.
    page.goto("/fr/alimentation/")
    expect(page.locator('[data-part="no-line"]')).to_be_visible()

    page.locator('[data-part="forget-all"]').click()
    expect(page.locator('[data-part="none"]')).to_be_visible()
    expect(page.locator(".kept-topic")).to_have_count(0)
    assert page.evaluate(TRACES) == NOTHING
    page_problems.clear()  # the answers that did not come


def test_what_is_kept_follows_the_site(page, topic, page_problems):
    """It is fetched anew when it is opened with a line; a withdrawn topic goes."""
    keep(page, topic)
    other = TopicPage.objects.get(locale__language_code="fr", slug="coucher-bebe-en-securite")
    keep(page, other)
    kept_at = "(await caches.match(location.href)).headers.get('x-kept-at')"
    before = page.evaluate(f"async () => {kept_at}")
    page.reload(wait_until="networkidle")
    page.wait_for_function(f"async before => {kept_at} !== before", arg=before)

    signing.withdraw(topic, person("coordinator"), "Une dose était fausse.")
    page.goto("/fr/mes-sujets-gardes/")
    expect(page.locator(".kept-topic")).to_have_count(1)
    expect(page.locator(".kept-topic a")).to_have_text(other.title)
    signing.withdraw(other, person("coordinator"), "Une dose était fausse.")
    page.goto(other.get_url())
    page.goto("/fr/")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    assert page.evaluate(TRACES) == NOTHING
    page_problems.clear()  # the 404 that was asked for


def test_forget_all_holds_for_what_is_being_kept(page, topic):
    page.goto(topic.get_url(), wait_until="networkidle")
    page.evaluate(FORGET_MEANWHILE)
    expect(page.locator(".topic-tools__said")).to_have_text(
        page.locator(".topic-tools").get_attribute("data-failed")
    )
    assert page.evaluate(TRACES) == NOTHING


def test_a_worker_that_says_nothing_does_not_hold_the_button_for_ever(page, topic):
    page.clock.install()
    page.add_init_script(
        "Object.defineProperty(ServiceWorkerContainer.prototype, 'ready',"
        " { get: () => new Promise(() => {}) })"
    )
    page.goto(topic.get_url(), wait_until="networkidle")
    does(page, "keep").click()
    expect(does(page, "keep")).to_be_disabled()
    page.clock.fast_forward("05:00")
    expect(does(page, "keep")).to_be_enabled()


def test_what_a_browser_cannot_do_is_not_offered(page, topic):
    page.add_init_script(
        """delete Navigator.prototype.serviceWorker; delete Navigator.prototype.share;
        delete Navigator.prototype.clipboard"""
    )
    page.goto(topic.get_url())
    expect(does(page, "print")).to_be_visible()
    for name in ("keep", "forget", "share"):
        expect(does(page, name)).to_be_hidden()
    page.goto("/fr/mes-sujets-gardes/")
    expect(page.locator('[data-part="cannot"]')).to_be_visible()
