"""What the page around an embed decides, where its browser says which it is: who may frame the
answer without a key, and whether anything was seen."""

import re

import pytest

from partners.addresses import embed_path, list_path
from partners.models import Partner, PartnerOrigin
from partners.origins import parse

from .conftest import partner_at
from .test_counting import FIREFOX
from .test_embed import UNKNOWN, ancestors, text_of

CAF, PIRATE = "https://www.caf.example", "https://pirate.example"
IN_FRAME = FIREFOX | {"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}
FROM_HERE = IN_FRAME | {"sec-fetch-site": "same-origin"}
# Bytes of all headers that a proxy in front takes as a rule.
MOST = 4096


@pytest.fixture
def hundreds(caf):
    """300 partners more, of two sites each."""
    names = [f"caisse-de-la-ville-{number}" for number in range(300)]
    made = Partner.objects.bulk_create(
        Partner(name=name, kind="caf", contact_email="com@caf.example") for name in names
    )
    PartnerOrigin.objects.bulk_create(
        PartnerOrigin.of(partner, parse(f"https://{sub}.{partner.name}.example"))
        for partner in made
        for sub in ("www", "extranet")
    )


def size(response):
    """Bytes of its headers."""
    return sum(len(f"{name}: {value}\r\n".encode()) for name, value in response.items())


def test_without_a_key_it_names_the_partner_whose_page_asks(client, site, caf, hundreds):
    """Neither a list of all partners nor a header that no proxy takes."""
    topic = site.live()
    address = embed_path(topic.translation_key)

    def asked(referrer, address=address, **headers):
        response = client.get(address, headers=headers | {"referer": referrer})
        assert size(response) < MOST
        return response

    theirs = asked("https://www.caisse-de-la-ville-7.example/une/page")
    assert theirs.status_code == 200
    # Its own other site may stand around that page.
    other = "https://extranet.caisse-de-la-ville-7.example"
    assert ancestors(theirs) == ["'self'", other, "https://www.caisse-de-la-ville-7.example"]
    assert ancestors(asked(f"{PIRATE}/")) == ["'self'"]
    for nothing in (f"{address}?partenaire={'x' * 22}", f"/embed/{UNKNOWN}/", "/embed/"):
        response = asked(f"{CAF}/", nothing)
        assert response.status_code == 404
        assert ancestors(response) == ["'self'", CAF]
        assert asked("", nothing).status_code == 404

    # What a browser kept for one page is confirmed for no other, nor once a site was taken away.
    known = {"if-none-match": asked(f"{CAF}/")["ETag"]}
    assert asked(f"{CAF}/autre", **known).status_code == 304
    again = asked("https://www.caisse-de-la-ville-7.example/", **known)
    assert again.status_code == 200
    assert "Referer" in again["Vary"]
    assert again["Cache-Control"] == "private, no-cache"
    caf.set_origins([parse("https://neuf.caf.example")])
    assert ancestors(asked(f"{CAF}/", **known)) == ["'self'"]


def test_where_nobody_says_which_page_asks_it_leads_to_the_site(client, site, caf, hundreds):
    """A header cannot name them all; and a topic is for none but their pages."""
    topic = site.live(title="Le bain")
    for address, place in (
        (embed_path(topic.translation_key), f"/sujet/{topic.translation_key}/"),
        (list_path(theme="sommeil"), "/fr/sommeil/"),
    ):
        response = client.get(address)
        assert response.status_code == 403
        assert 'class="message-page"' in text_of(response)
        assert f'href="http://testserver{place}"' in text_of(response)
        assert "Le bain" not in text_of(response)
        assert ancestors(response) == ["*"]  # to be read, since it holds nothing of a topic
        assert size(response) < MOST
        assert client.get(address, headers={"if-none-match": "*"}).status_code == 403
        ours = client.get(address, headers=FROM_HERE)
        assert ours.status_code == 200
        assert ancestors(ours) == ["'self'"]
    # With its key a partner needs no word of the browser's.
    assert ancestors(client.get(embed_path(topic.translation_key, caf))) == ["'self'", CAF]
    caf.set_origins([parse(f"https://{number:030}.caf.example") for number in range(80)])
    many = embed_path(topic.translation_key, caf)
    assert client.get(many).status_code == 403
    one = f"https://{3:030}.caf.example"
    response = client.get(many, headers={"referer": f"{one}/"})
    assert (response.status_code, ancestors(response)) == (200, ["'self'", one])


def test_a_topic_of_a_list_is_still_in_the_page_of_the_list(client, site, caf, hundreds, at_hand):
    """From one page of a frame to the next a browser names our own, or none."""
    topic = site.live()
    shown = client.get(list_path(theme="sommeil"), headers=IN_FRAME | {"referer": f"{CAF}/"})
    assert ancestors(shown) == ["'self'", CAF]
    [link] = re.findall(r'href="(/embed/[^"]+)" target="_self"', text_of(shown))
    link = link.replace("&amp;", "&")
    assert link == embed_path(topic.translation_key, None, CAF, theme="sommeil")
    before = {"referer": f"http://testserver{list_path(theme='sommeil')}"}
    at_hand.take()
    for headers in (FROM_HERE | before, IN_FRAME):  # in a sandbox, nothing is said
        response = client.get(link, headers=headers)
        assert response.status_code == 200
        assert ancestors(response) == ["'self'", CAF]
        assert f"chez={CAF.replace(':', '%3A').replace('/', '%2F')}" in text_of(response)
        assert at_hand.take().total() == 1
    # Whoever says what is not so is let into that page, and no other.
    for claim, sources in ((CAF, [CAF]), (PIRATE, []), ("%00", None), ("https://é.example", None)):
        response = client.get(f"{embed_path(topic.translation_key)}?chez={claim}", headers=IN_FRAME)
        assert ancestors(response) == (["*"] if sources is None else ["'self'", *sources])
    pirate = client.get(link, headers=IN_FRAME | {"referer": f"{PIRATE}/"})
    assert ancestors(pirate) == ["'self'"]


def test_what_no_browser_shows_is_not_counted(client, site, caf, at_hand):
    caf.set_origins([parse(CAF), parse("https://*.villes.example:8443")])
    partner_at("https://autre.example", name="Autre")
    topic = site.live()
    with_key, without = embed_path(topic.translation_key, caf), embed_path(topic.translation_key)

    def counted(address, referrer, **headers):
        client.get(address, headers=FIREFOX | headers | {"referer": referrer})
        return at_hand.take().total()

    for seen in ("", f"{CAF}/", f"{CAF}/une/page?x=1", "https://lyon.villes.example:8443/", "rien"):
        assert counted(with_key, seen) == counted(without, seen) == 1, seen
    assert counted(without, "https://autre.example/") == 1
    assert counted(with_key, "https://autre.example/") == 0
    for refused in (
        f"{PIRATE}/",
        "http://www.caf.example/",
        "https://www.caf.example:8443/",
        "https://www.caf.example.pirate.example/",
        "https://lyon.villes.example/",
        "https://villes.example:8443/",
        "https://a.lyon.villes.example:8443/",
        "http://testserver/fr/partenaires/page/x/",
    ):
        for address in (with_key, without):
            assert counted(address, refused, **{"sec-fetch-dest": "iframe"}) == 0, refused
