"""A booklet: chosen topics in one PDF made for print, with cover, contents and page numbers.

It is set by WeasyPrint in a process of its own (pages.booklet_pdf), once for each exact content:
the file is kept under the hash of all that it says, and served from there.
"""

import contextlib
import hashlib
import logging
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from pages.models import HelpNumber
from pages.topic_context import topic_context

logger = logging.getLogger(__name__)

# Run and never imported: WeasyPrint has Pillow take damaged pictures for whole ones.
OWN = "own:"  # begins the address of what stands beside the document
SETTER = Path(__file__).with_name("booklet_pdf.py")
SECONDS = 60  # that one may take, at most
AT_ONCE = 2  # in all processes: other parents read meanwhile
KEPT = 60  # files, the newest
STYLES = ("booklet.css",)
FONTS = (
    "andika-latin",
    "andika-latin-ext",
    "andika-cyrillic",
    "noto-sans-arabic",
)
WEIGHTS = (400, 700)
STATIC = settings.ROOT / "site" / "static"
PICTURE = re.compile(r'(<img src=")([^"]+)(")')


class TooBusyError(Exception):
    """As many booklets are being made as the server makes at once: try again soon."""


class BookletError(Exception):
    """It could not be made, or not in time; the log says why."""


def pdf_of(choice, url):
    """The path of the PDF of a Choice's topics, made where it is not kept yet. `url`: the
    whole address of the choice, to which its cover leads. Raises TooBusyError, BookletError."""
    html = html_of(choice, url)
    folder = settings.BOOKLETS_FOLDER
    kept = folder / f"{_hash_of(html)}.pdf"
    if kept.exists():
        return kept
    with _a_place():
        folder.mkdir(parents=True, exist_ok=True)
        _make(html, kept)
    _forget_old(folder)
    return kept


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
    return render_to_string("pages/booklet_document.html", context)


def _hash_of(html):
    digest = hashlib.sha256(html.encode())
    for style in STYLES:
        digest.update((STATIC / "css" / style).read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _a_place():
    """One of the places in which booklets are made, or TooBusyError."""
    for place in range(AT_ONCE):
        # Given back below; where a process ends before, with its time.
        if cache.add(f"booklet-place-{place}", True, SECONDS + 5):
            try:
                yield
            finally:
                cache.delete(f"booklet-place-{place}")
            return
    raise TooBusyError


def _make(html, kept):
    with tempfile.TemporaryDirectory(prefix="booklet-") as name:
        folder = Path(name)
        (folder / "booklet.html").write_text(_with_own_files(html, folder), encoding="utf-8")
        command = [sys.executable, str(SETTER), name, OWN]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            logger.exception("A booklet took more than %s seconds.", SECONDS)
            raise BookletError from error
        except subprocess.CalledProcessError as error:
            logger.exception("A booklet could not be made: %s", error.stderr[-2000:])
            raise BookletError from error
        # Renamed in its own folder: nobody gets half a file.
        half = kept.with_suffix(f".{folder.name}")
        half.write_bytes((folder / "booklet.pdf").read_bytes())
        half.replace(kept)


def _with_own_files(html, folder):
    """The document with all that it shows beside it, under `own:` addresses; a picture that
    cannot be had is left out."""
    for style in STYLES:
        (folder / style).write_bytes((STATIC / "css" / style).read_bytes())
    for family in FONTS:
        for weight in WEIGHTS:
            name = f"{family}-{weight}.woff2"
            (folder / name).symlink_to(STATIC / "fonts" / name)
    names = {}

    def own(found):
        address = found[2]
        if address not in names:
            names[address] = _copied(address, folder, len(names))
        return f"{found[1]}{OWN}{escape(names[address])}{found[3]}"

    return PICTURE.sub(own, html)


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
    newest_first = sorted(folder.glob("*.pdf"), key=lambda file: -file.stat().st_mtime)
    for file in newest_first[KEPT:]:
        file.unlink(missing_ok=True)
