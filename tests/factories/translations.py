"""Translations of signed topics, through the doors that people use."""

from django.urls import reverse
from wagtail.models import Locale

from pages.models import HomePage, ThemePage, TopicPage
from tests.factories.workgroups import hand_over, person, signatory, signature_for
from workgroups import signing, translations


def translator(*codes, **fields):
    """Somebody who translates from French into the languages ``codes``."""
    return person("translator", languages_read=["fr", *codes], **fields)


def reading_signatory(*codes, **fields):
    """A professional who signs what is in French or in the languages ``codes``."""
    return signatory(languages_read=["fr", *codes], **fields)


def shelves(code):
    """Put the home page and the themes of a language online, as far as they are prepared."""
    for model in (HomePage, ThemePage):
        for page in model.objects.filter(locale__language_code=code, live=False):
            page.get_latest_revision().publish() if page.latest_revision else (
                page.save_revision().publish()
            )


def asked(topic, code, user):
    """The translation that ``user`` asks for."""
    page, _made = translations.ask_for(topic, code, user)
    return page


def in_words(page, mark="EN"):
    """{key: a translation} for each text of ``page``."""
    return {piece.key: f"{mark} {piece.source}" for piece in translations.pieces(page)}


def translated(topic, code, asker, by, mark="EN"):
    """A translation in which every text is written, still with its translator."""
    page = asked(topic, code, asker)
    translations.write(page, in_words(page, mark), by)
    return TopicPage.objects.get(pk=page.pk)


def complete(page):
    """Have somebody translate all that nobody has translated of ``page`` yet; give her."""
    by = translator(page.locale.language_code)
    open_texts = {p.key: f"EN {p.source}" for p in translations.pieces(page) if not p.is_confirmed}
    translations.write(page, open_texts, by)
    return by


def published(page, by, *signatories):
    """Put the theme of a translation online, send it to sign-off and sign it."""
    shelves(page.locale.language_code)
    hand_over(page, by)
    for user in signatories:
        signing.sign(page.pk, user, signature_for(page))
    return TopicPage.objects.get(pk=page.pk)


def desk(page):
    """The address at which a translation is written."""
    return reverse("editorial_translate", args=[page.pk])


def locale(code):
    return Locale.objects.get_or_create(language_code=code)[0]
