"""A topic on paper: one A4 page with all that it says, and the way back to it."""

from io import BytesIO

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from pages.models import TopicPage

PRINTED = {"format": "A4", "print_background": True, "prefer_css_page_size": True}
RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"


def printed(page):
    return PdfReader(BytesIO(page.pdf(**PRINTED)))


def test_a_topic_prints_on_one_page_with_its_pictures(demo, page):
    """Those of the demo, of usual length, from left to right and from right to left; a longer
    one takes a second page."""
    wrong = []
    for topic in TopicPage.objects.live().filter(locale__language_code__in=("fr", "ar")):
        page.goto(topic.get_url(), wait_until="networkidle")
        pictures = page.locator("main img").count()
        paper = printed(page)
        found = sum(len(sheet.images) for sheet in paper.pages)
        if len(paper.pages) != 1 or found != pictures:
            wrong.append(f"{topic.slug}: {len(paper.pages)} pages, {found} of {pictures} pictures")
    assert wrong == []


def test_paper_names_who_signed_and_leads_back_to_the_page(demo, page):
    topic = TopicPage.objects.get(locale__language_code="fr", slug="mon-bebe-se-reveille-la-nuit")
    page.goto(topic.get_url(), wait_until="networkidle")
    assert not page.locator(".qr-code").is_visible()
    text = printed(page).pages[0].extract_text()
    assert topic.valid_sign_offs[0].signatory_name in text
    assert topic.full_url in text.replace("\n", "")
    page.emulate_media(media="print")
    for _direction in ("ltr", "rtl"):
        code = Image.open(BytesIO(page.locator(".qr-code").screenshot()))
        assert [found.text for found in zxingcpp.read_barcodes(code)] == [topic.full_url]
        page.evaluate(RIGHT_TO_LEFT)
    assert len(printed(page).pages) == 1
