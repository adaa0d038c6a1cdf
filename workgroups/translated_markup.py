"""What may stand in the text of a translation beside words: bold type, and the links of its
source, by number."""

import re

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from bs4.exceptions import ParserRejectedMarkup
from django.db.models.signals import pre_save
from django.utils.html import escape
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import INLINE_TAGS

# As the features of pages.blocks' rich text. What wagtail-localize lets through besides goes,
# its words stay; of anything else it says itself that it is wrong, and does not use it.
KEPT = {"a", "b", "br"}
SAME = {"strong": "b"}
# Markup that begins and never ends is words; Python's versions read it each in a way of its own.
UNENDED = re.compile(r"<(?=[!?/][^>]*\Z)")


def clean_markup(text):
    """``text``, the HTML of a translated string, without what browsers may read otherwise
    than we do (comments, CDATA, declarations) and what no database stores. What cannot be
    read as HTML stays, as plain text. Cleaning twice changes nothing more."""
    text = "".join(sign for sign in text if sign >= " " or sign in "\t\r\n")
    try:
        soup = BeautifulSoup(UNENDED.sub("&lt;", text), "html.parser")
    except ParserRejectedMarkup:
        return escape(text)
    for part in [part for part in soup.descendants if isinstance(part, PreformattedString)]:
        part.extract()
    for element in soup.find_all(INLINE_TAGS):
        element.name = SAME.get(element.name, element.name)
        if element.name not in KEPT:
            element.unwrap()
    return str(soup)


def clean_translation(sender, instance, raw=False, **kwargs):
    """Whoever stores a translated string, by whatever door (pre_save)."""
    if not raw:
        instance.data = clean_markup(instance.data)


def connect():
    """Called once from AppConfig.ready()."""
    pre_save.connect(clean_translation, sender=StringTranslation, dispatch_uid="clean_translation")
