"""/embed.js in each version that was ever published, and the style sheets of frames."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

# Version: its integrity, as pages that load it ask for. A version that was published stays as it
# is, for good: another script is another version, in a file of its own.
PUBLISHED = {
    1: "sha384-3CVPcq59QE2wWnHOvOQ6tLrHkW7hm3gbUKlanYKmrcIp2AhqAYj4iWZMSSgyfnY3",
    2: "sha384-+z356DpqtXXuW4NNQzHy6KMXP6QL9kIxeTfi37TCZxZe0UvNPwiM7U6Dxe2NSxYQ",
    3: "sha384-T8tnuJ0ni8kYOMhJhHyAs5LLp0Nd4InGyZoXRn0beyoj2RUHXkk6ZpDZFdBJv8dM",
}
NEWEST = max(PUBLISHED)
# Of each kind of frame, in one file: it may cost six requests at most.
TOPIC, MAP = "topic", "map"
STYLES = {
    TOPIC: ("css/site.css", "css/topic.css"),
    MAP: ("css/site.css", "css/directory.css"),
}
BESIDE = re.compile(r"""url\((["']?)\.\./""")


@cache
def script(version):
    """The bytes of a version of /embed.js."""
    return (settings.ROOT / f"site/static/js/embed-{version}.js").read_bytes()


def integrity(content):
    """What an `integrity` attribute says of *content*, bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def script_path(version=NEWEST):
    """The path at which that version never changes."""
    return reverse("embed_script_version", args=[version])


def style(kind):
    """(version, text) of the style sheet of a *kind* of STYLES, of the files as they are now."""
    paths = [_file(name) for name in STYLES[kind]]
    return _joined(tuple((path, path.stat().st_mtime_ns) for path in paths))


def style_path(kind=TOPIC):
    """The path of the style sheet of that kind as it is now."""
    return reverse("embed_style", kwargs={"kind": kind, "version": style(kind)[0]})


def _file(name):
    """Where a static file stands; in production, the one that names others by their hashes."""
    if hasattr(staticfiles_storage, "stored_name"):
        return Path(staticfiles_storage.path(staticfiles_storage.stored_name(name)))
    return Path(finders.find(name))


@cache
def _joined(files):
    text = "\n".join(path.read_text() for path, _changed in files)
    # What they name stands beside their folder, not beside this address.
    text = BESIDE.sub(rf"url(\1{settings.STATIC_URL}", text)
    return hashlib.sha256(text.encode()).hexdigest()[:16], text
