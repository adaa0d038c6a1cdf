"""From what somebody types to an origin that may frame the site's topics, or the reason why not.

An origin is a scheme, a host and a port: what a browser compares. Hosts are kept in ASCII, as
browsers send them. `parse` is the one way in.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from publicsuffixlist import PSLFILE, PublicSuffixList

PORTS = {"https": 443, "http": 80}
# One's own machine: to try an embed out, there is no certificate for it.
OWN_MACHINE = ("localhost", "127.0.0.1")
LONGEST = 253  # characters of a host
ANY = "*."
# As a browser writes the host of a page.
HOST = re.compile(r"[a-z0-9._-]{1,253}", re.ASCII)
# Whoever signs up there gets a name below it, and the list of public suffixes does not say so.
SHARED_BY_MANY = frozenset(
    [
        "asso-web.com",
        "blog4ever.com",
        "blogspot.fr",
        "canalblog.com",
        "canva.site",
        "centerblog.net",
        "chez.com",
        "e-monsite.com",
        "eklablog.com",
        "eklablog.fr",
        "free.fr",
        "hautetfort.com",
        "jimdo.com",
        "jimdofree.com",
        "jimdosite.com",
        "monsite-orange.fr",
        "mystrikingly.com",
        "over-blog.com",
        "over-blog.fr",
        "overblog.com",
        "pagesperso-orange.fr",
        "perso.neuf.fr",
        "perso.sfr.fr",
        "site123.me",
        "sitew.com",
        "sitew.fr",
        "skyrock.com",
        "squarespace.com",
        "substack.com",
        "toutemonecole.com",
        "toutemonecole.fr",
        "tumblr.com",
        "typepad.com",
        "unblog.fr",
        "webnode.fr",
        "webnode.page",
        "webself.net",
        "wifeo.com",
        "wix.com",
        "wordpress.com",
    ]
)
# There, pages of many stand under one and the same name.
ONE_NAME_FOR_MANY = frozenset(
    [
        "canva.com",
        "www.canva.com",
        "docs.google.com",
        "drive.google.com",
        "facebook.com",
        "www.facebook.com",
        "instagram.com",
        "www.instagram.com",
        "linkedin.com",
        "www.linkedin.com",
        "medium.com",
        "perso.orange.fr",
        "sites.google.com",
        "storage.googleapis.com",
    ]
)
# Letters of other scripts that look like a Latin one, small; after Chromium's list.
LOOKS_LATIN = frozenset("асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡαικνρυωηοτագզէլհյոսւօցքռიოყძხჽჿדוחיןס")
# Scripts that no site here is written in, and of which many letters look like ours.
FAR_SCRIPTS = frozenset({"CHEROKEE", "COPTIC", "DESERET", "LISU", "GLAGOLITIC", "GOTHIC"})
# What French is written with, and the languages of France's regions and islands: Breton, Basque,
# Catalan, Corsican, Occitan, Alsatian, Tahitian.
OUR_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿáíóúìòñäößāēīōū")
# Letters of other languages that are no Latin letter with a mark, and look like none.
LETTERS_OF_THEIR_OWN = frozenset("æœßøđðþłħŋə")
# Scripts that are written together; every other label is of one script.
WRITTEN_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "BOPOMOFO"}, {"CJK", "HANGUL"})


@dataclass(frozen=True, order=True)
class Origin:
    """*scheme*: "https" or "http"; *host*: in ASCII, small; *port*: a number, the scheme's own
    where none is typed; *subdomains*: whether it is every host just below that one, and not
    that one itself."""

    scheme: str
    host: str
    port: int
    subdomains: bool = False

    @classmethod
    def of_page(cls, address):
        """That of the page at a whole *address*, as a browser writes it; None for what is none."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return None
        if parts.scheme not in PORTS or not HOST.fullmatch(host):
            return None
        return cls(parts.scheme, host, PORTS[parts.scheme] if port is None else port)

    @property
    def source(self):
        """As frame-ancestors wants it: "https://*.example.fr:8443"."""
        return self._text(self.host)

    def lets(self, page):
        """Whether it is the origin of a page, an Origin, or its * stands for the first name."""
        if (self.scheme, self.port) != (page.scheme, page.port):
            return False
        return self.host == (page.host.partition(".")[2] if self.subdomains else page.host)

    def stands_for_more(self, host):
        """Whether it ends before *host*, and a browser lets its * mean that one all the same:
        what stands more than one name below."""
        below = f".{self.host}"
        return self.subdomains and host.endswith(below) and "." in host.removesuffix(below)

    def __str__(self):
        """As people read it, accents and all."""
        return self._text(".".join(map(_readable, self.host.split("."))))

    def _text(self, host):
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{ANY if self.subdomains else ''}{host}{port}"


def parse(typed, from_anybody=False):
    """The Origin that was *typed*; *from_anybody*: not by a partner manager, who alone may take
    letters that French does not have, and one's own machine. Raises ValidationError with a
    sentence that says what to change. A missing https:// and a last / are forgiven."""
    text = unicodedata.normalize("NFC", typed.strip())
    scheme, host, port = _parts(text)
    subdomains = host.startswith(ANY)
    host = host.removeprefix(ANY)
    if "*" in host:
        raise ValidationError(
            _("A * stands at the beginning only, for one name: https://*.example.fr."),
            code="wildcard",
        )
    ascii_host = _host(host, subdomains, from_anybody)
    is_own = ascii_host in OWN_MACHINE
    if is_own and subdomains:
        raise ValidationError(_("Nothing stands below your own machine."), code="wildcard")
    if is_own and from_anybody and not (settings.DEMO or settings.DEBUG):
        raise ValidationError(
            _("“%(host)s” is your own machine: write the name by which parents find your site.")
            % {"host": ascii_host},
            code="own_machine",
        )
    if scheme != "https" and not is_own:
        raise ValidationError(
            _("The address begins with https://: without it, anybody on the way could change "
              "what parents read."),
            code="scheme",
        )  # fmt: skip
    return Origin(scheme, ascii_host, port or PORTS[scheme], subdomains)


def _parts(text):
    """(scheme, host as typed, port or None)."""
    if not text or len(text) > 2 * LONGEST or re.search(r"[\s\x00-\x1f\x7f;,'\"\\]", text):
        raise ValidationError(
            _("Write one address, like https://www.example.fr."), code="not_an_address"
        )
    scheme, colons, rest = text.partition("://")
    if not colons:
        if not re.match(r"[^/?#@:]+(:[0-9]*)?([/?#@]|$)", text):
            raise ValidationError(_("The address begins with https://."), code="scheme")
        scheme, rest = "https", text
    scheme = scheme.lower()
    if scheme not in PORTS:
        raise ValidationError(_("The address begins with https://."), code="scheme")
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        raise ValidationError(
            _("Write one address, like https://www.example.fr."), code="not_an_address"
        ) from None
    if "@" in parts.netloc:
        raise ValidationError(
            _("Leave out the name and the password before the @."), code="credentials"
        )
    if parts.path not in ("", "/") or "?" in rest or "#" in rest:
        raise ValidationError(
            _("Leave out what comes after the name of the site: its pages may all show topics."),
            code="path",
        )
    if host.startswith("["):
        raise _no_ip_address()
    name, _colon, port = host.partition(":")
    return scheme, name, _port(port)


def _port(text):
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,5}", text, re.ASCII) or not 0 < int(text) < 2**16:
        raise ValidationError(_("The number after the : is a port, from 1 to 65535."), code="port")
    return int(text)


def _host(typed, subdomains, from_anybody):
    """The host in ASCII."""
    host = re.sub("[。．｡]", ".", typed).removesuffix(".")
    if host.lower() in OWN_MACHINE:
        return host.lower()
    _refuse_ip_address(host)
    try:
        ascii_host = idna.encode(host, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise ValidationError(
            _("“%(host)s” is not the name of a site.") % {"host": host[:80]}, code="host"
        ) from None
    _refuse_ip_address(ascii_host)
    if len(ascii_host) > LONGEST:
        raise ValidationError(_("This name is too long to be one."), code="host")
    labels = [_readable(label) for label in ascii_host.split(".")]
    for label in labels:
        _refuse_look_alike(label, labels[-1])
        if from_anybody:
            _refuse_other_letters(label)
    _refuse_shared(ascii_host, host, subdomains)
    return ascii_host


def _refuse_ip_address(host):
    # Browsers take 0x7f.1 and 2130706433 for addresses, too: what ends in a number is none.
    last = host.rpartition(".")[2].lower()
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last, re.ASCII):
        raise _no_ip_address()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    raise _no_ip_address()


def _no_ip_address():
    return ValidationError(
        _("Write the name of the site, not the number of a machine."), code="ip_address"
    )


def _readable(label):
    """A label of a host with its accents; as it is where it holds none."""
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label


def _refuse_look_alike(label, ending):
    letters = [letter for letter in label if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    if len(scripts) > 1 and not any(scripts <= together for together in WRITTEN_TOGETHER):
        raise ValidationError(
            _("“%(label)s” mixes letters of several alphabets: it passes for another site. Type "
              "the name with your keyboard instead of pasting it.")
            % {"label": label},
            code="look_alike",
        )  # fmt: skip
    if "LATIN" in scripts:
        alike = {letter for letter in letters if not _is_plain_latin(letter)}
    else:
        alike = set(letters) if _all_look_latin(letters, scripts) and ending.isascii() else set()
    if alike:
        raise ValidationError(
            _("“%(label)s” is written with letters that look like ours and are others "
              "(%(letters)s): it passes for another site. Type the name with your keyboard "
              "instead of pasting it.")
            % {"label": label, "letters": " ".join(sorted(alike))},
            code="look_alike",
        )  # fmt: skip


def _is_plain_latin(letter):
    """Whether a Latin letter is one of a to z, with marks or without, or is taken for none."""
    return unicodedata.normalize("NFD", letter)[0].isascii() or letter in LETTERS_OF_THEIR_OWN


def _all_look_latin(letters, scripts):
    return bool(letters) and (scripts <= FAR_SCRIPTS or LOOKS_LATIN.issuperset(letters))


def _refuse_other_letters(label):
    others = {letter for letter in label if letter.isalpha()} - OUR_LETTERS
    if others:
        raise ValidationError(
            _("“%(label)s” holds letters that French does not have (%(letters)s). If your site "
              "is really called so, leave it out here and tell us in your own words: we add it.")
            % {"label": label, "letters": " ".join(sorted(others))},
            code="letters",
        )  # fmt: skip


def _refuse_shared(ascii_host, host, subdomains):
    """What is not the name of one site: *host* is as it was typed."""
    if ascii_host in ONE_NAME_FOR_MANY:
        raise ValidationError(
            _("On “%(host)s” pages of many people stand under one name, and a browser cannot "
              "tell yours from the others. A site with a name of its own is needed.")
            % {"host": host},
            code="shared",
        )  # fmt: skip
    if "." not in ascii_host and not subdomains:
        raise ValidationError(
            _("“%(host)s” is one word: write the whole name of the site, like www.example.fr.")
            % {"host": host},
            code="one_word",
        )
    if ascii_host in SHARED_BY_MANY or _public_suffixes().is_public(ascii_host):
        raise ValidationError(
            _("“%(host)s” is shared by many sites: write the name of yours, with what comes "
              "before.") % {"host": host},
            code="shared",
        )  # fmt: skip
    if subdomains and ascii_host in _above_shared_names():
        raise ValidationError(
            _("Sites of many people stand below “%(host)s”: write the whole name of yours, "
              "without the *.") % {"host": host},
            code="shared",
        )  # fmt: skip


@cache
def _public_suffixes():
    return PublicSuffixList()


@cache
def _above_shared_names():
    """The hosts below which a * would stand for a name that many share, too."""
    lines = Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    suffixes = {line.split()[0].removeprefix("*.") for line in lines if re.match(r"[\w*]", line)}
    shared = [name.split(".") for name in suffixes | SHARED_BY_MANY | ONE_NAME_FOR_MANY]
    return frozenset(".".join(name[at:]) for name in shared for at in range(1, len(name)))
