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
    "https://intranet": "shared",
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
}


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


def test_people_read_their_accents():
    assert str(parse("https://xn--crche-des-tilleuls-svb.fr")) == "https://crèche-des-tilleuls.fr"
