"""Drawings in SVG: what is refused, and what is taken out before they are kept.

A drawing is a document that can run, load and link. The files that drawing programs
write need none of that, so that one that does is refused whole and never mended:
py_svg_hush then takes out what only looks harmless, and what it has left is looked
at again. See docs/decisions/0012.
"""

import math
import re
from functools import cache
from io import BytesIO
from xml.etree import ElementTree as ET

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from py_svg_hush import filter_svg
from willow.svg import SvgWrapper, WillowSvgException

SVG = "http://www.w3.org/2000/svg"
MAX_BYTES = 1024 * 1024  # what a parent's phone would have to load
MAX_ELEMENTS = 20_000  # counting what <use> repeats
MAX_DEPTH = 60
MAX_SIDE = 20_000  # pixels

ACTIVE = {
    "script", "handler", "listener", "foreignobject", "iframe", "embed", "object", "audio",
    "video", "canvas", "html", "link", "meta", "base", "form", "input", "tref",
}  # fmt: skip
MOVING = {"animate", "animatecolor", "animatemotion", "animatetransform", "set", "discard"}
HOLDING_PICTURES = {"image", "feimage"}
SAYING_NOTHING = {"title", "desc", "metadata"}  # parents read the alternative text
NAMES_AND_SHAPES = {"id", "class", "href", "d", "points"}

# In styles: what runs, what loads, and what could hide one of them.
ACTIVE_STYLE = re.compile(
    r"@|\\|//|expression|javascript|data:|behaviou?r|-moz-binding|image-set|cross-fade"
    r"|(?:url|image|src|element|paint)\(\s*(?![\s'\"]*#)",
)

REFERENCE = re.compile(r"""url\(\s*['"]?#([^'")\s]+)""")
NUMBER = re.compile(r"-?[0-9.]+")


def looks_like_one(head):
    """Whether these first bytes of a file are those of a drawing."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<") and b"<svg" in text.lower()


def cleaned(file):
    """The drawing as it is kept, a new file of the same name.

    Raises ValidationError, code "active_drawing", "moving_drawing",
    "drawing_with_picture", "drawing_too_heavy" or "damaged_drawing".
    """
    if file.size > MAX_BYTES:
        raise _too_heavy()
    file.seek(0)
    data = file.read()
    file.seek(0)
    _refuse_declarations(data)
    _check(_tree(data))
    try:
        hushed = filter_svg(data, keep_data_url_mime_types={})
    except ValueError as error:
        raise _damaged() from error
    root = _tree(hushed)
    _check(root)
    _take_words_out(root)
    return ContentFile(ET.tostring(root, encoding="utf-8"), name=file.name)


def _refuse_declarations(data):
    """Entities and stylesheets stand before the drawing itself."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _damaged() from error
    if re.search(r"<!DOCTYPE[^>]*\[|<!ENTITY|<!ATTLIST|<\?xml-stylesheet", text, re.IGNORECASE):
        raise _active()


def _tree(data):
    """The root element; its depth and number of elements are watched as it is read."""
    depth = number = 0
    root = None
    try:
        for event, element in defusedxml.ElementTree.iterparse(BytesIO(data), ("start", "end")):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            number += event == "start"
            if depth > MAX_DEPTH or number > MAX_ELEMENTS:
                raise _too_heavy()
    except DefusedXmlException as error:
        raise _active() from error
    except ET.ParseError as error:
        raise _damaged() from error
    return root


def _local(name):
    return name.rpartition("}")[2].lower()


def _check(root):
    if root.tag != f"{{{SVG}}}svg":
        raise _damaged()
    for element in root.iter():
        name = _local(element.tag)
        style = "".join(element.itertext()) if name == "style" else ""
        if name in ACTIVE or _is_active_style(style):
            raise _active()
        if "marker" in style:
            raise _too_heavy()  # which shapes it marks, only a browser finds out
        if name in MOVING:
            raise ValidationError(
                _("This drawing moves. Choose a still one, or add a film instead."),
                code="moving_drawing",
            )
        if name in HOLDING_PICTURES:
            raise ValidationError(
                _("This drawing holds a photo or another picture: save it as PNG instead."),
                code="drawing_with_picture",
            )
        for attribute, value in element.attrib.items():
            _check_attribute(attribute, value)
    _check_repeats(root)
    _check_measures(root)


def _check_attribute(attribute, value):
    name = _local(attribute)
    if name.startswith("on") or name == "base":
        raise _active()
    if name in ("href", "src") and not value.strip().startswith("#"):
        raise _active()
    # Those of a namespace are notes that drawing programs write for themselves.
    is_style = not attribute.startswith("{") and name not in NAMES_AND_SHAPES
    if is_style and not name.startswith(("data-", "aria-")) and _is_active_style(value):
        raise _active()


def _is_active_style(text):
    without_comments = re.sub(r"/\*.*?\*/", "", text or "", flags=re.DOTALL)
    return bool(ACTIVE_STYLE.search(without_comments.lower()))


def _check_repeats(root):
    """What refers to shapes draws them again: a few lines can make a thousand million."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    under_way = set()

    @cache
    def number(element):
        if element in under_way:
            raise _too_heavy()
        under_way.add(element)
        total = 1 + sum(number(child) for child in element)
        for name, times in _references(element):
            target = by_id.get(name)
            total += times * number(target) if target is not None else 0
        under_way.discard(element)
        return total

    try:
        if number(root) > MAX_ELEMENTS:
            raise _too_heavy()
    except RecursionError as error:
        raise _too_heavy() from error


def _references(element):
    """Yield (id, how often) for what ``element`` draws of others: <use>, a pattern, a mask,
    and a marker at each of its points."""
    if _local(element.tag) == "use":
        used = next((v for k, v in element.attrib.items() if _local(k) == "href"), "")
        yield used.strip().removeprefix("#"), 1
    for attribute, value in element.attrib.items():
        for name in REFERENCE.findall(value):
            marks = "marker" in _local(attribute) or "marker" in value
            points = element.get("d", "") + " " + element.get("points", "")
            yield name, 1 + len(NUMBER.findall(points)) if marks else 1


def _check_measures(root):
    try:
        drawn = SvgWrapper(ET.ElementTree(root))
    except (WillowSvgException, ValueError, KeyError, ZeroDivisionError) as error:
        raise _damaged() from error
    for side in (drawn.width, drawn.height):
        if not math.isfinite(side) or not 1 <= side <= MAX_SIDE:
            raise ValidationError(
                _("This drawing says no size that a screen can show: save it again."),
                code="damaged_drawing",
            )


def _take_words_out(root):
    """Titles, descriptions and data that programs leave: they may bear names."""
    for parent in list(root.iter()):
        for child in [child for child in parent if _local(child.tag) in SAYING_NOTHING]:
            parent.remove(child)
        for name in [name for name in parent.attrib if _local(name).startswith("data-")]:
            del parent.attrib[name]


def _active():
    return ValidationError(
        _(
            "This drawing holds something that runs, or that loads from elsewhere. "
            "Save it again as a plain SVG, or as PNG."
        ),
        code="active_drawing",
    )


def _damaged():
    return ValidationError(
        _("This drawing is damaged: it cannot be read. Save it again as SVG in UTF-8."),
        code="damaged_drawing",
    )


def _too_heavy():
    return ValidationError(
        _("This drawing is too heavy for a parent's phone: save it as PNG instead."),
        code="drawing_too_heavy",
    )
