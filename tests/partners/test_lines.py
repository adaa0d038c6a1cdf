"""Lines that partners pasted go on showing what they were for."""

import re

from pages.models import TopicPage
from partners.addresses import embed_path, list_path, map_path
from partners.lines import lines_of
from tests.factories.pages import theme_page
from tests.factories.workgroups import publish
from workgroups import signing, workflow

from .consumers import HERE, frame_of
from .test_embed import UNKNOWN


def test_a_line_outlives_a_new_slug_and_a_move(
    client, site, ask, caf, django_capture_on_commit_callbacks
):
    topic = site.live(title="Le bain", slug="le-bain")
    key, old = topic.translation_key, topic.get_url()
    line = embed_path(key, caf, wash="plum")
    lines = lines_of(topic, caf)
    assert f'href="{lines.address}"' in lines.with_script
    assert "le-bain" not in lines.with_script + lines.address + lines.frame

    workflow.start_round(topic, site.author)
    topic.slug = "bain-du-soir"
    topic.save_revision(user=site.author)
    with django_capture_on_commit_callbacks(execute=True):
        topic = publish(topic, site.author, site.signatory)
    second = topic.get_url()
    elsewhere = theme_page(site.home, site.group, title="Soins", slug="soins")
    topic.move(elsewhere, pos="last-child")
    topic = TopicPage.objects.get(pk=topic.pk)
    now = topic.get_url()
    assert len({old, second, now}) == 3

    asked = f"?partenaire={caf.key}&couleur=plum"
    for address in (old, second, now, f"/sujet/{key}/", f"/embed/{key}/"):
        src = frame_of(ask(f"{address}{asked}&langue=").json())["src"]
        assert src == HERE + line, address
        assert client.get(address, follow=True).status_code == 200
    assert client.get(old).url == client.get(second).url == now
    # The link that stays without the script leads to the page, which says how it is embedded.
    page = client.get(f"/sujet/{key}/{asked}", follow=True)
    assert page.redirect_chain[0][0].partition("?")[0] == now
    [discovered] = re.findall(
        r'json\+oembed" href="http://testserver([^"]+)"', page.content.decode()
    )
    assert frame_of(client.get(discovered.replace("&amp;", "&")).json())["src"] == HERE + line
    assert ask(f"/sujet/{UNKNOWN}/").status_code == 404
    for odd in (UNKNOWN, "x", "é" * 300, "%00"):
        assert client.get(f"/sujet/{odd}/", follow=True).status_code == 404

    # A copy is another topic, with a key of its own.
    copy = topic.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False)
    assert copy.translation_key != key
    assert client.get(line).status_code == 200
    signing.withdraw(topic, site.signatory, "Une erreur.")
    assert ask(old).status_code == ask(f"/sujet/{key}/").status_code == 404


def test_a_theme_is_found_under_its_old_name(client, site, ask, django_capture_on_commit_callbacks):
    site.live(title="La sieste")
    theme, old = site.theme, site.theme.get_url()
    theme.slug = "dodo"
    with django_capture_on_commit_callbacks(execute=True):
        theme.save_revision().publish()
    for address in (old, "/fr/dodo/"):
        src = frame_of(ask(address).json())["src"]
        assert src == f"{HERE}/embed/liste/?langue=fr&theme=dodo"
    assert "La sieste" in client.get("/embed/liste/?theme=sommeil").content.decode()


def test_whoever_pastes_a_whole_line_has_its_frame(site, ask, caf):
    topic, early = site.live(title="Le bain"), site.stage
    for path, title in (
        (embed_path(topic.translation_key, caf, wash="plum", pictures=False), "Le bain"),
        (embed_path(topic.translation_key), "Le bain"),
        (list_path(theme=site.theme.slug), site.theme.title),
        (list_path(caf, language="fr", stage=early.slug), early.name),
        (map_path(caf, departement="69"), "Rhône"),
    ):
        data = ask(path, maxwidth=500).json()
        frame = frame_of(data)
        assert frame["src"] == HERE + path
        assert title in data["title"]
        assert (frame["title"], frame["width"]) == (data["title"], "500")
    odd = f"{embed_path(topic.translation_key)}?couleur=plum&images=%22onload&langue=zz"
    assert frame_of(ask(odd).json())["src"] == HERE + embed_path(topic.translation_key)
    signing.withdraw(topic, site.signatory, "Une erreur.")
    key = "00000000-0000-4000-8000-000000000000"
    for path in (
        embed_path(topic.translation_key, caf),
        embed_path(key),
        f"{embed_path(key)}?partenaire={'x' * 22}",
        "/embed/liste/?etape=early",
        map_path(caf),
        "/embed/rien/",
        "/embed.js",
        "/oembed",
        f"https://ailleurs.example{map_path(caf, departement='69')}",
    ):
        assert ask(path).status_code == 404, path
