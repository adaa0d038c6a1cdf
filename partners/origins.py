"""From what somebody types to an origin that may frame the site's topics, or the reason why not.

An origin is a scheme, a host and a port: what a browser compares. Hosts are kept in ASCII, as
browsers send them. `parse` is the one way in.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from publicsuffixlist import PublicSuffixList

PORTS = {"https": 443, "http": 80}
# One's own machine: to try an embed out, there is no certificate for it.
OWN_MACHINE = ("localhost", "127.0.0.1")
LONGEST = 253  # characters of a host
ANY = "*."
# Whoever signs up there gets a name below it, and the list of public suffixes does not say so.
SHARED_BY_MANY = frozenset({"wordpress.com"})
# Letters of other scripts that look like a Latin one, small; after Chromium's list.
LOOKS_LATIN = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡαικνρυωηοτ")
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

    @property
    def source(self):
        """As frame-ancestors wants it: "https://*.example.fr:8443"."""
        return self._text(self.host)

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


def parse(typed):
    """The Origin that was *typed*. Raises ValidationError with a sentence that says what to
    change. A missing https:// and a last / are forgiven."""
    text = unicodedata.normalize("NFC", typed.strip())
    scheme, host, port = _parts(text)
    subdomains = host.startswith(ANY)
    host = host.removeprefix(ANY)
    if "*" in host:
        raise ValidationError(
            _("A * stands at the beginning only, for one name: https://*.example.fr."),
            code="wildcard",
        )
    ascii_host = _host(host)
    is_own = ascii_host in OWN_MACHINE
    if is_own and subdomains:
        raise ValidationError(_("Nothing stands below your own machine."), code="wildcard")
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


def _host(typed):
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
    if ascii_host in SHARED_BY_MANY or _public_suffixes().is_public(ascii_host):
        raise ValidationError(
            _("“%(host)s” is shared by many sites: write the name of yours, with what comes "
              "before.") % {"host": host},
            code="shared",
        )  # fmt: skip
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
    mixed = len(scripts) > 1 and not any(scripts <= together for together in WRITTEN_TOGETHER)
    all_look_latin = (
        letters and "LATIN" not in scripts and ending.isascii() and LOOKS_LATIN.issuperset(letters)
    )
    if mixed or all_look_latin:
        raise ValidationError(
            _("“%(label)s” holds letters of another alphabet that look like ours: it passes for "
              "another site. Type the name with your keyboard instead of pasting it.")
            % {"label": label},
            code="look_alike",
        )  # fmt: skip


@cache
def _public_suffixes():
    return PublicSuffixList()
