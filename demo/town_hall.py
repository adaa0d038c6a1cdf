"""The small site of one of the demo's partners, an invented town hall: the lines that partners
paste, in pages of another origin."""

import re
from string import Template
from textwrap import indent

from django.conf import settings

from pages.models import ThemePage, TopicPage
from partners.addresses import embed_path, list_path, topic_path
from partners.lines import Lines
from partners.models import Partner

PAGES = settings.ROOT / "demo" / "content" / "town_hall"
# What all pages have around their text; each is called what its heading says.
AROUND = "page.html"
HEADING = re.compile("<h1>(.*?)</h1>")
NAME = "Mairie de Fontclaire"
TOPIC, THEME = "mon-bebe-se-reveille-la-nuit", "sommeil"


def write_town_hall(folder, site):
    """Write its pages into *folder*, a Path, with the lines for the demo at *site*,
    "http://host:port". Returns whether there is anything to show, which needs its partner."""
    partner = Partner.objects.filter(name=NAME).first()
    topic = TopicPage.objects.filter(slug=TOPIC, locale__language_code="fr").first()
    theme = ThemePage.objects.filter(slug=THEME, locale__language_code="fr").first()
    if not (partner and topic and theme):
        return False
    key = topic.translation_key
    of_topic = Lines(site, embed_path(key, partner), topic.title, site + topic_path(key))
    list_of_theme = list_path(partner, theme=theme.slug)
    of_theme = Lines(site, list_of_theme, theme.title, site + theme.get_url())
    lines = {
        "topic_frame": of_topic.frame,
        "topic_link": of_topic.with_script.partition("\n")[0],
        "list_link": of_theme.with_script.partition("\n")[0],
        "script": of_topic.script,
    }
    folder.mkdir(parents=True, exist_ok=True)
    around = Template((PAGES / AROUND).read_text(encoding="utf-8"))
    for source in PAGES.iterdir():
        text = source.read_text(encoding="utf-8")
        if source.name == AROUND:
            continue
        if source.suffix == ".html":
            main = Template(text).substitute(lines)
            text = around.substitute(title=HEADING.search(main)[1], main=indent(main, " " * 6))
        (folder / source.name).write_text(text, encoding="utf-8")
    return True
