"""Translations of signed topics: asked for, written segment by segment, kept in step.

A translation is a page with a record of its own and goes through the workflow as any
other, from its words to its signature. What is asked of it here: every segment has been
translated, by people; what is written goes into drafts alone, never into what parents
read; and where its source has changed since, parents and translators know.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from . import signing, workflow
from .models import EditorialPage, EditorialRecord, LockedAtThisStageError, SignOff, Stage
from .models.stages import IN_WORK
from .models.translating import untranslated_problem
from .typed_texts import sort_out

MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


@dataclass(frozen=True)
class Piece:
    """One text of the source beside its translation; both plain text or, where
    ``is_rich``, with the signs of bold type and links.

    *before*: how it was translated when the source said something else, or "".
    """

    key: str
    source: str
    text: str
    is_rich: bool
    is_confirmed: bool  # by a person, and usable
    is_broken: bool
    before: str
    segment: StringSegment


def translation_of(page):
    """wagtail-localize's Translation that ends in ``page``, or None."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id
        )
        .exclude(source__locale=page.locale_id)
        .select_related("source", "target_locale")
        .first()
    )


def source_id_of(page):
    """The id of the page that ``page`` translates, or None."""
    translation = translation_of(page)
    if translation is None:
        return None
    return _pages_of(translation.source).values_list("pk", flat=True).first()


def _pages_of(source):
    return Page.objects.filter(translation_key=source.object_id, locale=source.locale_id)


def _specific(page_id):
    page = Page.objects.filter(pk=page_id).first()
    return page and page.specific


def link_record(sender, instance, raw=False, **kwargs):
    """A page for which a Translation is made from now on is one (post_save)."""
    if raw:
        return
    source = _pages_of(instance.source).values("pk")[:1]
    records = EditorialRecord.objects.filter(
        page__translation_key=instance.source.object_id,
        locale=instance.target_locale_id,
        source=None,
    )
    for record in records:
        record.source = Page.objects.filter(pk__in=source).first()
        record.save(update_fields=["source"])


# Asking for one


def other_locales(page):
    """The languages of the site besides that of ``page``: [(code, name)]."""
    own = page.locale.language_code
    return [(code, name) for code, name in settings.LANGUAGES if code != own]


def held_locale(code):
    """The Locale of a language, made where it lacks, and held until the transaction ends:
    whoever makes pages in it makes each once."""
    return Locale.objects.select_for_update().get_or_create(language_code=code)[0]


@transaction.atomic
def ask_for(page, code, user):
    """Begin the translation of the topic ``page`` into the language ``code``, from what
    parents read of it now. Returns (page, whether it was made just now).

    Raises PermissionDenied with a sentence where there is nothing signed to translate.
    """
    record = EditorialRecord.objects.hold(page.pk)
    page = type(page).objects.get(pk=page.pk)
    if not page.live or record.is_translation:
        raise PermissionDenied(
            _("“%(title)s” is not online yet: what is signed is translated.")
            % {"title": page.draft_title}
        )
    locale = held_locale(code)
    if made := page.get_translation_or_none(locale):
        return made, False
    source, _made = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    for above in page.get_ancestors().filter(depth__gt=1).specific():
        if not above.has_translation(locale):
            above.copy_for_translation(locale)  # drafts, for the coordinators
    made = page.copy_for_translation(locale)
    compose(made, None)
    log(page, "editorial.ask_translation", user=user, data={"language": code})
    return type(page).objects.get(pk=made.pk), True


# Writing it


def pieces(page):
    """All that is to be translated of ``page``, in the order of reading, each text of a
    place once."""
    translation = translation_of(page)
    segments = (
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("string", "context")
        .order_by("order")
    )
    segments = list({(s.context_id, s.string_id): s for s in reversed(segments)}.values())[::-1]
    made = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=page.translation_key
    ).order_by("updated_at", "pk")
    by_text = {(t.context_id, t.translation_of_id): t for t in made}
    earlier = {t.context_id: t for t in made}
    rich = set(
        TemplateSegment.objects.filter(source=translation.source_id).values_list(
            "context", flat=True
        )
    )
    return [_piece(s, by_text, earlier, s.context_id in rich) for s in segments]


def _piece(segment, by_text, earlier, is_rich):
    def shown(data):
        return data if is_rich else StringValue(data).render_text()

    made = by_text.get((segment.context_id, segment.string_id))
    old = earlier.get(segment.context_id)
    return Piece(
        key=f"text-{segment.context_id}-{segment.string_id}",
        source=shown(segment.string.data),
        text=shown(made.data) if made else "",
        is_rich=is_rich,
        is_confirmed=bool(made and made.translation_type == MANUAL and not made.has_error),
        is_broken=bool(made and made.has_error),
        before=shown(old.data) if old and made is None and not is_rich else "",
        segment=segment,
    )


def longest(page, piece):
    """How many characters at most the field of ``piece`` holds, or None: those of blocks are
    asked for by the readiness rules, when the page is handed on."""
    name, _dot, in_block = piece.segment.context.path.partition(".")
    return None if in_block else page._meta.get_field(name).max_length


def lacking(page):
    """How many of its texts nobody has translated, or confirmed where a machine did."""
    return sum(not piece.is_confirmed for piece in pieces(page))


def problems(page):
    """What ``page`` lacks as a translation, as a list of ReadinessProblem; None where it
    is none."""
    record = page.get_record()
    if record is None or not record.is_translation:
        return None
    number = lacking(page)
    return [untranslated_problem(number)] if number else []


@transaction.atomic
def write(page, texts, user, marks=None):
    """Keep ``texts``, {key of a Piece: translation}, as those of ``user``, and put them
    into the draft. Texts that are as they were stay whoever's they are; where somebody else
    wrote meanwhile, seen from the ``marks`` of what was shown, hers stay.

    Returns a Typed. Raises LockedAtThisStageError, and keeps nothing, once it was handed on.
    """
    _hold_open(page)
    found = pieces(page)
    typed = sort_out(found, texts, marks or {})
    for piece in found:
        if piece.key in typed.to_keep:
            _store(piece, typed.to_keep[piece.key], page.locale, user)
    compose(page, user)
    return typed


def _hold_open(page):
    record = EditorialRecord.objects.hold(page.pk)
    if record.stage != Stage.DRAFT:
        raise not_open(record)


def not_open(record):
    """The error for whoever may not write in the translation of ``record`` now."""
    text = _("Nothing was saved: this translation is not yours to change now (stage: %s).")
    return LockedAtThisStageError(text % record.get_stage_display())


def _store(piece, text, locale, user):
    place = {
        "locale": locale,
        "translation_of": piece.segment.string,
        "context": piece.segment.context,
    }
    kept = StringTranslation.objects.filter(**place).first()
    if not text:
        if kept:
            kept.delete()
        return
    kept = kept or StringTranslation(**place)
    kept.data = text if piece.is_rich else StringValue.from_plaintext(text).data
    kept.translation_type, kept.tool_name = MANUAL, ""
    kept.last_translated_by, kept.has_error, kept.field_error = user, False, ""
    kept.save()


def machine_for(page):
    """The machine that may propose translations of ``page``, or None: off by default."""
    machine = get_machine_translator()
    record = page.get_record()
    if machine is None or record is None or not record.is_translation:
        return None
    source = Locale.objects.get(pk=record.source.locale_id)
    return machine if machine.can_translate(source, page.locale) else None


@transaction.atomic
def propose(page, user):
    """Have the machine fill what is empty; it counts once a person has confirmed it.
    Returns how many texts it filled. Raises LockedAtThisStageError once it was handed on."""
    _hold_open(page)
    machine = machine_for(page)
    empty = [piece for piece in pieces(page) if not piece.text] if machine else []
    if not empty:
        return 0
    source = Locale.objects.get(pk=page.get_record().source.locale_id)
    values = {piece.key: StringValue(piece.segment.string.data) for piece in empty}
    found = machine.translate(source, page.locale, list(values.values()))
    for piece in empty:
        StringTranslation.objects.create(
            locale=page.locale,
            translation_of=piece.segment.string,
            context=piece.segment.context,
            data=found[values[piece.key]].data,
            translation_type=MACHINE,
            tool_name=str(machine.display_name),
            last_translated_by=user,
        )
    return len(empty)


@transaction.atomic
def compose(page, user):
    """Save the translation of ``page`` as it stands, as a draft of ``user`` (None: of
    nobody). Returns the revision, or None where nothing has changed.

    What is not translated yet stands there in the language of the source: ``problems``
    keeps it from going on. The page's own row, which parents may read, is left alone.
    """
    translation = translation_of(page)
    source = _pages_of(translation.source).get().specific
    original = translation.source.as_instance()
    version = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    for field in version._meta.local_many_to_many:
        if isinstance(field, ParentalManyToManyField):
            setattr(version, field.name, list(getattr(original, field.name).all()))
    version.source_hash = signed_hash(source)
    version.source_published_at = source.last_published_at
    version.slug = page.slug
    # Wagtail's get_latest_revision_as_object would give the very page that was just filled.
    latest = version.get_latest_revision().as_object()
    same = latest.content_hash() == version.content_hash()
    if same and latest.source_hash == version.source_hash:
        return None
    return version.save_revision(user=user, log_action=user is not None)


# Keeping it in step


def signed_hash(page):
    """The hash of what parents read of ``page`` now, or ""."""
    if not page.live_revision_id:
        return ""
    signed = SignOff.objects.in_force(page.pk, page.live_revision_id)
    return signed.values_list("content_hash", flat=True).first() or ""


def why_source_forbids(record, version):
    """Why ``version`` of the page of ``record`` does not go online, as far as its source
    decides, as a sentence; None where it may, and for what translates nothing."""
    if record is None or not (record.is_translation or version.source_hash):
        return None
    source = _specific(record.source_id)
    if source is None or not source.live:
        return _("The topic was withdrawn: its translation does not go online.")
    if version.source_hash != signed_hash(source):
        return _("The topic has changed since: send it back to its translators.")
    return None


def follow(page):
    """Called when ``page`` has just gone online, in the same transaction: of a source, its
    translations are looked at again; of a translation, itself."""
    record = EditorialRecord.objects.get(page_id=page.pk)
    if record.is_translation:
        _compare(record)
        return
    records = list(EditorialRecord.objects.filter(source=page.pk).order_by("pk"))
    source = TranslationSource.objects.get_for_instance_or_none(page) if records else None
    if source is None:
        return
    source.update_from_db()
    for one in records:
        _compare(signing.locked_record(one.page_id))


def _compare(record):
    """Note whether what parents read is of an earlier version of the source, and open the
    round in which translators bring it up to date. What waits for its signature or its day
    and says an earlier version goes back to them."""
    page, source = _specific(record.page_id), _specific(record.source_id)
    if source is None:
        return
    behind = page.live and source.live and page.source_hash != signed_hash(source)
    if behind != (record.behind_since is not None):
        record.behind_since = timezone.now() if behind else None
        record.save(update_fields=["behind_since"])
    waits = signing.revision_to_sign(record)
    if waits and waits.as_object().source_hash != signed_hash(source):
        if record.stage == Stage.SCHEDULED:
            signing.reopen(record, None)
        reason = _("The topic has changed: please bring its translation up to date.")
        workflow.send_back(record, None, Stage.DRAFT, reason)
        record.refresh_from_db()
    if record.stage in IN_WORK:
        compose(page, None)
    elif behind and record.stage == Stage.PUBLISHED:
        workflow.start_round(page, None)
        compose(page, None)


def is_of(page):
    """Whether ``page``, of any kind, is an editorial page that translates another one."""
    if not isinstance(page, EditorialPage):
        return False
    record = page.get_record()
    return record is not None and record.is_translation


def connect():
    """Called once from AppConfig.ready()."""
    post_save.connect(link_record, sender=Translation, dispatch_uid="link_translation_record")
