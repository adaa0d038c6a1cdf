"""How parents get pictures: the lightest kind first, never larger than they were drawn."""

import re
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pages.pictures import FORMATS
from tests.factories.media import picture_upload
from tests.factories.pages import placed, stream
from tests.factories.workgroups import illustration

pytestmark = pytest.mark.django_db

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90">
<circle cx="60" cy="45" r="30" fill="#f60"/></svg>"""


class Pictures(HTMLParser):
    """The <picture>s of a page: [(sources, img)], each a dict of attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "picture":
            self.found.append(([], {}))
        elif tag == "source" and self.found and not self.found[-1][1]:
            self.found[-1][0].append(dict(attrs))
        elif tag == "img" and self.found:
            self.found[-1][1].update(attrs)


def pictures(client, page):
    return Pictures(client.get(page.get_url()).content.decode()).found


def widths(source):
    return [int(width) for width in re.findall(r" (\d+)w", source["srcset"])]


def topic_with(site, picture, **fields):
    body = stream(("picture", {"picture": placed(picture), "caption": ""}))
    return site.live(lead_illustration=picture, body=body, **fields)


def test_avif_comes_first_then_webp_and_a_jpeg_for_old_phones(client, site):
    picture = illustration(file=picture_upload(size=(1600, 1200)))
    for sources, img in pictures(client, topic_with(site, picture)):
        assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
        assert [widths(source) for source in sources] == [[640, 960], [400, 640, 960]]
        for source, ending in zip(sources, (".avif ", ".webp "), strict=True):
            assert source["srcset"].count(ending) == len(widths(source))
            assert source["sizes"]
        assert img["src"].endswith(".jpg")
        assert (img["width"], img["height"]) == ("640", "480")


def test_nothing_is_made_larger_than_it_was_drawn(client, site):
    picture = illustration(file=picture_upload(size=(500, 375)))
    for sources, img in pictures(client, topic_with(site, picture)):
        assert [widths(source) for source in sources] == [[500], [400, 500]]
        assert (img["width"], img["height"]) == ("500", "375")
    assert max(rendition.width for rendition in picture.renditions.all()) == 500
    specs = [rendition.filter_spec for rendition in picture.renditions.all()]
    assert not [spec for spec in specs if "width-960" in spec]


def test_the_size_of_every_picture_stands_in_the_page(client, site):
    picture = illustration(file=picture_upload(size=(900, 1200)))
    for _sources, img in pictures(client, topic_with(site, picture)):
        assert int(img["height"]) / int(img["width"]) == pytest.approx(4 / 3, abs=0.01)
        assert "alt" in img


@pytest.mark.parametrize("form", FORMATS)
def test_each_rendition_is_what_its_name_says(form):
    picture = illustration(file=picture_upload("nuit.png", size=(700, 500), colour=(200, 30, 40)))
    for spec, rendition in picture.get_renditions(*FORMATS[form].filters(picture)).items():
        with rendition.file.storage.open(rendition.file.name) as stored, Image.open(stored) as made:
            kind = re.search(r"format-(\w+)", spec)[1].upper()
            assert made.format == kind
            assert made.size == (rendition.width, rendition.height)
            red, green, blue = made.convert("RGB").getpixel((5, 5))
            assert max(abs(red - 200), abs(green - 30), abs(blue - 40)) < 12


def test_a_drawing_in_svg_is_sent_as_it_is_at_its_size(client, site):
    drawing = illustration(file=SimpleUploadedFile("rond.svg", DRAWING))
    topic = topic_with(site, drawing)
    for sources, img in pictures(client, topic):
        assert sources == []
        assert img["src"].endswith(".svg")
        assert (img["width"], img["height"]) == ("120", "90")
    shared = re.search(r'og:image" content="([^"]+)"', client.get(topic.get_url()).content.decode())
    assert shared[1].endswith(".jpg")  # its title alone: social networks read no drawing


def test_a_long_description_can_be_opened_under_the_picture(client, site):
    told = illustration(long_description="D'abord l'eau.\n\nPuis le savon.")
    html = client.get(topic_with(site, told).get_url()).content.decode()
    assert html.count("Puis le savon.") == 2
    assert html.count('<details class="long-description">') == 2
    silent = client.get(topic_with(site, illustration(), slug="b", title="B").get_url())
    assert "long-description" not in silent.content.decode()
