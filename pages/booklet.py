"""A booklet: chosen topics in one PDF made for print, with cover, contents and page numbers.

It is set by WeasyPrint in a process of its own (pages.booklet_pdf), once for each exact content:
the file is kept under a hash of the versions that it is made of, and served from there.
"""

import contextlib
import hashlib
import logging
import re
import subprocess
import sys
import tempfile
from functools import cache as once
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from accounts.limits import cache
from media import fonts
from pages.models import HelpNumber, PublicService, Stage
from pages.topic_context import topic_context

logger = logging.getLogger(__name__)

# Run and never imported: WeasyPrint has Pillow take damaged pictures for whole ones.
OWN = "own:"  # begins the address of what stands beside the document
SETTER = Path(__file__).with_name("booklet_pdf.py")
SECONDS = 60  # that one may take to be set, at most
RENDERING = 30  # seconds, more than its HTML takes
AT_ONCE = 2  # in all processes: other parents read meanwhile
KEPT = 60  # files, the newest
# Where what stands in every booklet is worded, beside the topics.
WORDED_IN = (
    "templates/blocks/*.html",
    "templates/components/*.html",
    "templates/pages/booklet_*.html",
    "site/locale/*/LC_MESSAGES/django.mo",
)
STYLES = ("booklet.css",)
FONTS = (*fonts.IN_ORDER, fonts.ARABIC_WHOLE)
STATIC = settings.ROOT / "site" / "static"
PICTURE = re.compile(r'(<img src=")([^"]+)(")')
WITHOUT_PICTURE = 'class="picture picture--missing"'
LINK_INTO_SITE = re.compile(r'(<a\b[^>]*?\shref=")(/[^"]*)(")')


class TooBusyError(Exception):
    """As many booklets are being made as the server makes at once: try again soon."""


class BookletError(Exception):
    """It could not be made, or not in time; the log says why."""


def pdf_of(choice, url):
    """The PDF of a Choice's topics as an open binary file, made where it is not kept yet. `url`:
    the whole address of the choice, to which its cover leads. Raises TooBusyError, BookletError."""
    kept = settings.BOOKLETS_FOLDER / f"{_key_of(choice, url)}.pdf"
    try:
        return kept.open("rb")
    except FileNotFoundError:
        pass
    with _a_place():
        pdf, is_whole = _make(html_of(choice, url))
    if is_whole:
        _keep(pdf, kept)
    return BytesIO(pdf)


def html_of(choice, url):
    """The whole document, its pictures still under their public addresses."""
    articles = []
    for number, topic in enumerate(choice.topics, 1):
        context = topic_context(topic) | {"page": topic, "self": topic, "number": number}
        articles.append(render_to_string("pages/booklet_topic.html", context))
    context = {
        "topics": choice.topics,
        "articles": articles,
        "url": url,
        "made_on": timezone.localdate(),
        "help_numbers": list(HelpNumber.objects.all()),
        "cover": choice.topics[0].lead_illustration,
    }
    html = render_to_string("pages/booklet_document.html", context)
    # A document that somebody has saved stands at no address.
    return LINK_INTO_SITE.sub(lambda link: f"{link[1]}{urljoin(url, link[2])}{link[3]}", html)


def _key_of(choice, url):
    """What a booklet says, as a hash, without setting or even rendering it: three queries,
    however many topics. A link that has gone since goes from it the next day."""
    says = [
        url,
        get_language(),
        timezone.localdate(),
        *map(_version_of, choice.topics),
        *HelpNumber.objects.values_list(),
        *PublicService.objects.confirmed().values_list("slug", "name", "url"),
        *Stage.objects.values_list(),
    ]
    return hashlib.sha256(f"{_wording()} {says!r}".encode()).hexdigest()


def _version_of(topic):
    """Which version of a topic it is; its theme and its other languages have no version."""
    version = (topic.pk, topic.live_revision_id, topic.last_published_at)
    record = getattr(topic, "editorial_record", None)
    return version, record and record.behind_since, topic.theme_details, topic.version_paths


@once
def _wording():
    digest = hashlib.sha256()
    for style in STYLES:
        digest.update((STATIC / "css" / style).read_bytes())
    for pattern in WORDED_IN:
        for file in sorted(settings.ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _a_place():
    """One of the places in which booklets are made, or TooBusyError."""
    for place in range(AT_ONCE):
        # Given back below; where a process ends before, with its time.
        if cache.add(f"booklet-place-{place}", True, SECONDS + RENDERING):
            try:
                yield
            finally:
                cache.delete(f"booklet-place-{place}")
            return
    raise TooBusyError


def _make(html):
    """(The bytes of the PDF, whether every picture is there.)"""
    with tempfile.TemporaryDirectory(prefix="booklet-") as name:
        folder = Path(name)
        own_html, is_whole = _with_own_files(html, folder)
        (folder / "booklet.html").write_text(own_html, encoding="utf-8")
        command = [sys.executable, str(SETTER), name, OWN]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            logger.exception("A booklet took more than %s seconds.", SECONDS)
            raise BookletError from error
        except subprocess.CalledProcessError as error:
            logger.exception("A booklet could not be made: %s", error.stderr[-2000:])
            raise BookletError from error
        return (folder / "booklet.pdf").read_bytes(), is_whole


def _keep(pdf, kept):
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Renamed in its own folder: nobody gets half a file.
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as half:
        half.write(pdf)
    Path(half.name).replace(kept)
    _forget_old(kept.parent)


def _with_own_files(html, folder):
    """(The document with all that it shows beside it, under `own:` addresses, whether every
    picture could be had: it goes without the others.)"""
    for style in STYLES:
        (folder / style).write_bytes((STATIC / "css" / style).read_bytes())
    for family in FONTS:
        for path in fonts.files_of(family):
            (folder / Path(path).name).symlink_to(STATIC / path)
    names = {}

    def own(found):
        address = found[2]
        if address not in names:
            names[address] = _copied(address, folder, len(names))
        return f"{found[1]}{OWN}{escape(names[address])}{found[3]}"

    own_html = PICTURE.sub(own, html)
    is_whole = WITHOUT_PICTURE not in html and all((folder / n).exists() for n in names.values())
    return own_html, is_whole


def _copied(address, folder, number):
    path = address.removeprefix(settings.MEDIA_URL)
    name = f"picture-{number}{Path(path).suffix.lower()}"
    try:
        with default_storage.open(path) as stored:
            (folder / name).write_bytes(stored.read())
    except OSError:  # its file is missing, or the store of files does not answer
        logger.exception("A booklet goes without the picture %s.", path)
    return name


def _forget_old(folder):
    """Of all that is kept, leave the newest; another process may be about the same."""
    made = []
    for file in folder.glob("*.pdf"):
        with contextlib.suppress(FileNotFoundError):
            made.append((file.stat().st_mtime, file))
    for _when, file in sorted(made, reverse=True)[KEPT:]:
        file.unlink(missing_ok=True)
