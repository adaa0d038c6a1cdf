"""What somebody types as the address of her site, and what becomes of it."""

import pytest
from django.core.exceptions import ValidationError

from partners.origins import parse

TAKEN = {
    "https://www.caf.example": "https://www.caf.example",
    "  HTTPS://WWW.Caf.Example/ ": "https://www.caf.example",
    "www.caf.example": "https://www.caf.example",
    "www.caf.example:8443": "https://www.caf.example:8443",
    "https://caf.example.": "https://caf.example",
    "https://caf.example:443": "https://caf.example",
    "https://caf.example:8443/": "https://caf.example:8443",
    "https://*.chu.example": "https://*.chu.example",
    "https://*.rhone.fr": "https://*.rhone.fr",
    "https://*.chu.example:444": "https://*.chu.example:444",
    "https://ville.gouv.fr": "https://ville.gouv.fr",
    "http://localhost": "http://localhost",
    "http://localhost:8001": "http://localhost:8001",
    "http://127.0.0.1:80": "http://127.0.0.1",
    "https://crèche-des-tilleuls.fr": "https://xn--crche-des-tilleuls-svb.fr",
    "https://cre\u0300che-des-tilleuls.fr": "https://xn--crche-des-tilleuls-svb.fr",
    "https://xn--crche-des-tilleuls-svb.fr": "https://xn--crche-des-tilleuls-svb.fr",
    "https://صحة.example": "https://xn--ogbhx.example",
    "https://www.дитина.укр": "https://www.xn--80ahmaz2a.xn--j1amh",
}
REFUSED = {
    "": "not_an_address",
    "https://": "host",
    "https://caf.example https://mairie.example": "not_an_address",
    "https://caf.example; script-src *": "not_an_address",
    "https://caf.example'none'": "not_an_address",
    "https://caf.example\\@autre.example": "not_an_address",
    "ftp://caf.example": "scheme",
    "javascript:alert(1)": "scheme",
    "data:text/html,x": "not_an_address",
    "http://caf.example": "scheme",
    "//caf.example": "scheme",
    "https://marie:secret@caf.example": "credentials",
    "https://caf.example/page": "path",
    "https://caf.example/?a=b": "path",
    "https://caf.example?": "path",
    "https://caf.example/#haut": "path",
    "https://caf.example:0": "port",
    "https://caf.example:99999": "port",
    "https://caf.example:८०": "port",
    "https://*": "wildcard",
    "*": "wildcard",
    "https://*.*.example": "wildcard",
    "https://www.*.example": "wildcard",
    "https://ca*.example": "wildcard",
    "https://*.localhost": "wildcard",
    "https://*.example": "shared",
    "https://*.fr": "shared",
    "https://*.gouv.fr": "shared",
    "https://github.io": "shared",
    "https://*.wordpress.com": "shared",
    "https://*.free.fr": "shared",
    "https://e-monsite.com": "shared",
    "https://sites.google.com": "shared",
    "https://*.google.com": "shared",  # and sites.google.com with it
    "https://*.orange.fr": "shared",
    "https://*.amazonaws.com": "shared",
    "https://intranet": "one_word",
    "https://192.0.2.7": "ip_address",
    "https://[2001:db8::1]": "ip_address",
    "https://2130706433": "ip_address",
    "https://0x7f.1": "ip_address",
    "http://127.1": "ip_address",
    "https://１９２.0.2.7": "ip_address",
    "https://ca_f.example": "host",
    "https://-caf.example": "host",
    "https://caf..example": "host",
    "https://.caf.example": "host",
    f"https://{'a' * 64}.example": "host",
    f"https://{'abcdefgh.' * 30}example": "host",
    f"https://{'a' * 100_000}.example": "not_an_address",
    "https://ca\u0000f.example": "not_an_address",
    "https://m\u0430irie.fr": "look_alike",  # a Cyrillic a
    "https://xn--mirie-4ve.fr": "look_alike",  # the same, as browsers write it
    "https://\u0441\u0430\u0440\u0435.fr": "look_alike",  # саре: all of it Cyrillic
    "https://xn--a-ecp.ru.xn--": "host",
    "https://ma\u0131rie.fr": "look_alike",  # an i without its dot
    "https://\u0261ouv-aide.fr": "look_alike",
    "https://c\u0251f.fr": "look_alike",
    "https://\u1d04af.fr": "look_alike",  # a small capital
    "https://\u0585\u0585.fr": "look_alike",  # Armenian
    "https://\u0578\u057d\u0578.fr": "look_alike",
    "https://\uab70\uab71.fr": "look_alike",  # Cherokee
}
# What a manager alone may take.
NOT_FROM_ANYBODY = {
    "http://localhost:8001": "own_machine",
    "http://127.0.0.1": "own_machine",
    "https://m\u1ea1irie.fr": "letters",
    "https://صحة.example": "letters",
    "https://www.дитина.укр": "letters",
}
# Names as institutions have them.
REAL = (
    "www.caf.fr", "www.ameli.fr", "mairie-lyon.fr", "hôpital-necker.fr", "ville-nîmes.fr",
    "besançon.fr", "œuvre-de-l-enfance.fr", "l-haÿ-les-roses.fr", "maternité.chu-saint-étienne.fr",
    "douarnenez-réseñ.bzh", "iparralde-ikastola.eus", "girona-perpinyà.cat",
    "straßburg-crèche.alsace",
    "crèche-lilas.free.fr", "mairie.e-monsite.com", "69.pmi.rhone.fr",
)  # fmt: skip


def test_what_is_an_origin_is_kept_as_browsers_compare_it():
    assert {typed: parse(typed).source for typed in TAKEN} == TAKEN
    # What is kept says the same when it is typed again.
    assert {source: parse(source).source for source in TAKEN.values()} == {
        source: source for source in TAKEN.values()
    }


def test_what_is_none_is_refused_with_its_own_reason():
    found = {}
    for typed in REFUSED:
        with pytest.raises(ValidationError) as refused:
            parse(typed)
        found[typed] = refused.value.code
        assert refused.value.messages[0].endswith(".")
    assert found == REFUSED


def test_what_anybody_types_is_looked_at_more_closely():
    found = {}
    for typed in NOT_FROM_ANYBODY:
        parse(typed)
        with pytest.raises(ValidationError) as refused:
            parse(typed, from_anybody=True)
        found[typed] = refused.value.code
    assert found == NOT_FROM_ANYBODY
    for typed in REAL:
        assert str(parse(typed, from_anybody=True)) == f"https://{typed}"
    for typed, code in REFUSED.items():
        with pytest.raises(ValidationError) as refused:
            parse(typed, from_anybody=True)
        assert refused.value.code == code


def test_the_demo_may_be_tried_out_by_anybody(settings):
    settings.DEMO = True
    assert parse("http://localhost:8001", from_anybody=True).host == "localhost"


def test_people_read_their_accents():
    assert str(parse("https://xn--crche-des-tilleuls-svb.fr")) == "https://crèche-des-tilleuls.fr"
