"""What must be there before a topic may leave a stage.

Saving a draft is never refused; these rules speak when it is handed on.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _

from pages.content import body_pictures, body_recordings, canonical_topic, spoken_of
from pages.easy_reading import easy_problems
from pages.topic_form import UNTITLED
from workgroups.models import ReadinessProblem, SignOff


def topic_problems(page, stage):
    """What is missing before `page` may leave `stage` ("draft" or
    "illustration"), as a list of ReadinessProblem in the order of the form."""
    problems = [*_text_problems(page), *_service_problems(page), *easy_problems(page, stage)]
    if stage == "illustration":
        problems += _picture_problems(page)
        problems += _recording_problems(page)
        problems += _recorded_version_problems(page)
    return problems


def _text_problems(page):
    if page.title.strip() in ("", UNTITLED):
        yield ReadinessProblem("title", _("Write the title."))
    if not page.key_message.strip():
        yield ReadinessProblem(
            "key_message", _("Write the one sentence that a parent should remember.")
        )
    elif len(page.key_message) > 160:
        yield ReadinessProblem(
            "key_message", _("The key message is too long: 160 characters at most.")
        )
    if not page.stages.all():
        yield ReadinessProblem("stages", _("Tick at least one age."))
    if not 2 <= len(page.in_brief) <= 4:
        yield ReadinessProblem("in_brief", _("Write two to four points."))
    if not page.body:
        yield ReadinessProblem("body", _("Add at least one block of text."))
    if not page.sources:
        yield ReadinessProblem("sources", _("Add at least one source."))
    for field in ("in_brief", "body", "help_block", "sources"):
        if label := _first_incomplete_block(page, field):
            yield ReadinessProblem(
                field, _("Something is missing in the block “%(block)s”."), {"block": str(label)}
            )


def _service_problems(page):
    from pages.destinations import services_in
    from pages.models import PublicService

    waiting = PublicService.objects.filter(url="", slug__in=services_in(page))
    for service in waiting:
        yield ReadinessProblem(
            "body",
            _("The public service “%(name)s” waits for a second person."),
            {"name": str(service)},
        )


def _first_incomplete_block(page, field):
    """The label of the first block of `field` that lacks something, or None."""
    for child in getattr(page, field):
        try:
            child.block.clean(child.value)
        except ValidationError:
            return child.block.label
    return None


def _picture_problems(page):
    if page.lead_illustration is None:
        yield ReadinessProblem(
            "lead_illustration", _("Choose the picture at the top of the topic.")
        )
    else:
        if not page.lead_is_decorative and not page.lead_alt_text.strip():
            yield ReadinessProblem(
                "lead_alt_text",
                _("Say what one sees, or tick that the picture only decorates."),
            )
        yield from _rights_problems("lead_illustration", page.lead_illustration)
    for number, picture in enumerate(body_pictures(page), start=1):
        for problem in _placed_picture_problems(picture):
            yield ReadinessProblem(
                "body",
                _("Picture %(number)d: %(problem)s"),
                {"number": number, "problem": problem},
            )

    for block in page.body:
        picture = block.value["picture"] if block.block_type == "infographic" else None
        if picture and not picture.long_description.strip():
            yield ReadinessProblem(
                "body",
                _("The infographic “%(title)s” has no long description: write all that it says."),
                {"title": picture.title},
            )


def _placed_picture_problems(picture):
    if picture is None:
        yield ReadinessProblem("body", _("choose a picture, or take the block away."))
        return
    yield from _rights_problems("body", picture)
    if not picture.decorative and not (picture.contextual_alt_text or "").strip():
        yield ReadinessProblem(
            "body", _("say what one sees, or tick that the picture only decorates.")
        )


def _recording_problems(page):
    for recording in body_recordings(page):
        title = {"title": recording.title}
        if recording.type == "video" and not recording.caption_tracks.exists():
            yield ReadinessProblem("body", _("The film “%(title)s” has no captions."), title)
        if not recording.transcript.strip():
            yield ReadinessProblem(
                "body",
                _("“%(title)s” has no transcript: write all that is said and heard."),
                title,
            )


def _recorded_version_problems(page):
    if page.recording is None:
        return
    if page.recording.type != "audio":
        yield ReadinessProblem("recording", _("The recorded version is a sound, not a film."))
    # The last that was signed with it, be it online or not: one that was withdrawn is
    # corrected too.
    sound = {"content__recording__sha256": page.recording.file_sha256}
    signed = SignOff.objects.filter(page=page.pk, **sound).order_by("pk").last()
    if signed and spoken_of(signed.content) != spoken_of(canonical_topic(page)):
        yield ReadinessProblem(
            "recording",
            _("The text has changed since it was recorded: record it anew, or remove it."),
        )


def _rights_problems(field, illustration):
    title = {"title": illustration.title}
    if not illustration.credit.strip():
        yield ReadinessProblem(field, _("“%(title)s” does not say who drew it."), title)
    if not illustration.licence:
        yield ReadinessProblem(field, _("“%(title)s” has no licence."), title)
