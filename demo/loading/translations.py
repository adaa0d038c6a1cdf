"""The demo's other languages: what stands around the topics, and two topics in all five.

Of one of them the Turkish version is behind: the French one was signed anew since. Each
translation is asked for, written, handed on and signed as people do it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from demo.clock import at
from pages.models import HomePage, SiteLanguage, ThemePage, TopicPage
from pages.site_languages import prepare, switch
from workgroups import signing, translations
from workgroups.models import EditorialRecord

from .content import read, topics
from .manuscript import Manuscript, key_of
from .people import account, load_workgroups
from .pictures import Library
from .stories import REVIEW_AFTER, Story

SAFE_SLEEP, CRYING = "coucher-bebe-en-securite", "bebe-pleure-et-je-n-en-peux-plus"
BEHIND = "tr"
# Days before the demo is loaded.
LANGUAGES_OPENED, FIRST, LAST = 60, 50, 5


class UnsaidError(Exception):
    """The topic says something that the demo does not translate: somebody has edited it."""


def codes():
    """The languages of the settings that the demo speaks besides French."""
    spoken = read("languages")
    return [code for code, _name in settings.LANGUAGES if code in spoken]


def load_translations(now):
    """Make the languages and the translations that lack, all or none; those of topics that
    were edited since are left out. Returns how many topics were translated."""
    french = _french_topics()
    if not {SAFE_SLEEP, CRYING} <= french.keys():
        return 0
    with transaction.atomic(), at(now - timedelta(days=LANGUAGES_OPENED)):
        known = SiteLanguage.objects.values_list("locale__language_code", flat=True)
        for code in set(codes()) - set(known):
            _open(code)
    keys = {french[slug].translation_key: slug for slug in (SAFE_SLEEP, CRYING)}
    pages = TopicPage.objects.filter(translation_key__in=keys)
    there = {
        (keys[key], code)
        for key, code in pages.values_list("translation_key", "locale__language_code")
    }
    wanted = [(slug, code) for slug in (SAFE_SLEEP, CRYING) for code in codes()]
    lacking = [pair for pair in wanted if pair not in there]
    made = 0
    with transaction.atomic():
        # What is behind its source first, then the source anew, then the others.
        for slug, code in sorted(lacking, key=lambda one: one != (CRYING, BEHIND)):
            early = slug == SAFE_SLEEP or code == BEHIND
            try:
                with transaction.atomic():
                    _translate(french[slug], code, now, FIRST if early else LAST)
            except UnsaidError:
                continue
            made += 1
            if (slug, code) == (CRYING, BEHIND):
                _sign_anew(french, now)
    return made


def _french_topics():
    """{slug: TopicPage} of those in French that are online."""
    keys = {key_of(slug): slug for slug in topics()}
    online = TopicPage.objects.live().filter(translation_key__in=keys)
    found = online.filter(locale__language_code=settings.LANGUAGE_CODE)
    return {keys[page.translation_key]: page for page in found}


def _open(code):
    """Write home and themes in a language and switch it on."""
    coordinator = account("coordinatrice")
    prepare(code)
    said = read("languages")[code]
    slugs = {row["key"]: row["slug"] for row in read("themes")["themes"]}
    pages = [(HomePage.objects.get(locale__language_code=code), said["home"])]
    pages += [
        (ThemePage.objects.get(locale__language_code=code, slug=slugs[key]), texts)
        for key, texts in said["themes"].items()
    ]
    for page, texts in pages:
        draft = page.get_latest_revision_as_object()
        for name, text in texts.items():
            setattr(draft, name, text)
        draft.save_revision(user=coordinator, log_action=True).publish(user=coordinator)
    switch(code, True, coordinator)


def _people(role, code):
    return User.objects.active().with_role(role).reading(code).order_by("pk")


def _translate(topic, code, now, days):
    """Bring the translation of `topic` before parents, `days` before `now`. Raises
    UnsaidError, for whoever called it to undo the rest, where the demo lacks a text."""
    start = now - timedelta(days=days)
    translator = _people(Role.TRANSLATOR, code)[0]
    rows = read(f"translations/{topic.slug}")["texts"]
    said = {row["fr"]: row[code] for row in rows if code in row}
    with at(start):
        page, _made = translations.ask_for(topic, code, account("coordinatrice"))
    with at(start + timedelta(days=1)):
        pieces = translations.pieces(page)
        if unsaid := [piece.source for piece in pieces if piece.source not in said]:
            raise UnsaidError(unsaid)
        texts = {piece.key: said[piece.source] for piece in pieces}
        translations.write(page, texts, translator)
        page = TopicPage.objects.get(pk=page.pk)
        page.current_workflow_task.on_action(
            page.current_workflow_task_state, translator, "approve"
        )
    with at(start + timedelta(days=3)):
        _sign(page, _people(Role.SIGNATORY, code)[0])


def _sign(page, signatory):
    record = EditorialRecord.objects.get(page_id=page.pk)
    revision = signing.revision_to_sign(record)
    signing.sign(
        page.pk,
        signatory,
        signing.Signature(
            revision_id=revision.pk,
            content_hash=revision.as_object().content_hash(),
            review_due_on=timezone.localdate() + REVIEW_AFTER,
        ),
    )


def _sign_anew(french, now):
    """The second version of the French topic, with what its history adds."""
    topic = topics()[CRYING]
    group = load_workgroups()[topic["workgroup"]]
    library = Library(group.collection, now)
    story = Story(topic, group, library, now)
    story.page_id = french[CRYING].pk
    story.revise(Manuscript(topic, library, {slug: page.pk for slug, page in french.items()}))
    with story.later(1):
        story.sign(story.signatories[0])
    french[CRYING] = TopicPage.objects.get(pk=story.page_id)
