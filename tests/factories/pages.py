"""The smallest valid site, themes, topics and help numbers."""

import json

from wagtail.models import Locale, Page, Site

from pages.models import HelpNumberChange, HomePage, Stage, ThemePage, TopicPage
from tests.factories.workgroups import illustration, person


def home_page(**fields):
    """A site with nothing but its home, at http://testserver/fr/."""
    for default in Page.get_first_root_node().get_children():
        default.delete()
    locale, _created = Locale.objects.get_or_create(language_code="fr")
    values = {"title": "Mes Infos Bébé", "slug": "accueil", "locale": locale}
    home = Page.get_first_root_node().add_child(instance=HomePage(**{**values, **fields}))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


def theme_page(home, *workgroups, **fields):
    """A live theme for which these groups write."""
    theme = home.add_child(instance=ThemePage(**{"title": "Sommeil", "slug": "sommeil", **fields}))
    theme.workgroups = list(workgroups)
    theme.save()
    return theme


def stage(slug="0-3-mois", **fields):
    """A stage, after those that there are."""
    values = {"label": slug, "name": slug, "from_day": 15, "to_day": 120}
    return Stage.objects.create(**{"slug": slug, **values, **fields})


def help_number(slug="samu-15", **values):
    """A help number that one person proposed and another one confirmed."""
    values = {
        "number": "15",
        "tel": "15",
        "name": "Samu",
        "purpose": "Une urgence médicale.",
        "checked_on": "2024-11-10",
        **values,
    }
    proposer, other = person(is_superuser=True), person(is_superuser=True)
    return HelpNumberChange.objects.propose(proposer, slug, **values).confirm(other)


def stream(*blocks):
    """A StreamField's JSON from (type, value) pairs."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def placed(picture, alt="Un lit", decorative=False):
    """A picture in its place, as a block stores it."""
    return {"image": picture.pk, "decorative": decorative, "alt_text": alt}


def source(**values):
    """A source, as a block stores it."""
    return {
        "title": "Le sommeil",
        "publisher": "Ameli",
        "url": "https://www.ameli.fr/",
        "read_on": "2026-10-01",
        **values,
    }


def complete_fields(picture):
    """All the fields of a topic that may be signed, stages left out."""
    return {
        "title": "Mon bébé se réveille",
        "key_message": "Se réveiller la nuit est normal.",
        "lead_illustration": picture,
        "lead_alt_text": "Un père près d'un berceau",
        "in_brief": stream(("point", "Un."), ("point", "Deux.")),
        "body": stream(("text", "<p>Il se réveille entre deux cycles.</p>")),
        "help_block": stream(("help", {"text": "S'il a de la fièvre.", "numbers": ["samu-15"]})),
        "sources": stream(("source", source())),
    }


def topic_page(theme, group, author, *stages, **fields):
    """A draft with all that a topic needs, saved once by its author."""
    values = {**complete_fields(fields.pop("picture", None) or illustration()), **fields}
    page = TopicPage(**{"live": False, **values})
    page.initial_workgroup = group
    page.stages = stages or [Stage.objects.first() or stage()]
    theme.add_child(instance=page)
    page.save_revision(user=author, log_action=True)
    return TopicPage.objects.get(pk=page.pk)
