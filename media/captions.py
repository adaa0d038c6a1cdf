"""Captions in WebVTT: what is wrong in them, told line by line."""

import re
from dataclasses import dataclass

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Timestamp

ARROW = "-->"
TIMES = re.compile(
    r"(?P<start>(?:\d{2,}:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+"
    r"(?P<end>(?:\d{2,}:)?\d{2}:\d{2}\.\d{3})(?:[ \t].*)?"
)
MOST_SAID = 5  # errors at a time
# Captions may stay a little after the last picture.
SPARE = 1.0  # seconds


@dataclass(frozen=True)
class Cue:
    """One caption: the *line* of its times, counted from 1; times in milliseconds."""

    line: int
    start: int
    end: int


def check(text):
    """The Cues of a WebVTT *text*.

    Raises ValidationError with one sentence per mistake, at most MOST_SAID, each
    with its line.
    """
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    if lines[0] != "WEBVTT" and not lines[0].startswith(("WEBVTT ", "WEBVTT\t")):
        raise ValidationError(
            _("This is not a captions file: it must start with WEBVTT."),
            code="not_webvtt",
        )
    cues, mistakes = _read(lines)
    if mistakes:
        raise ValidationError(mistakes[:MOST_SAID])
    if not cues:
        raise ValidationError(_("There is no caption in this file."), code="no_captions")
    try:
        webvtt.WebVTT.from_string("\n".join(lines), strict=True)
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise ValidationError(
            _("These captions cannot be read. Save them again with a program for captions."),
            code="bad_captions",
        ) from error
    return cues


def check_length(cues, seconds):
    """Refuse captions that go on after a film of so many seconds; 0: unknown."""
    late = next((cue for cue in cues if seconds and cue.end / 1000 > seconds + SPARE), None)
    if late:
        raise _mistake(
            late.line, "after_the_end", _("the film is over by then (%d seconds)") % seconds
        )


def _read(lines):
    cues, mistakes = [], []
    for number, block in _blocks(lines):
        if number == 1 or block[0].split(None, 1)[:1] in (["NOTE"], ["STYLE"], ["REGION"]):
            continue
        try:
            cues.append(_cue(number, block, cues))
        except ValidationError as mistake:
            mistakes.append(mistake)
    return cues, mistakes


def _blocks(lines):
    """Yield (number of its first line, its lines) of what empty lines part."""
    block = []
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number, block, before):
    """The Cue of *block*, whose first line is the *number*-th; or the mistake in it."""
    at = next((i for i, line in enumerate(block) if ARROW in line), None)
    if at is None or at > 1:
        raise _mistake(number, "no_times", _("this text has no times above it"))
    number += at
    found = TIMES.fullmatch(block[at].strip())
    try:
        start, end = (
            Timestamp.from_string(found[name]).in_milliseconds() for name in ("start", "end")
        )
    except (TypeError, MalformedCaptionError) as error:
        reason = _("the times must be written like this: 00:01.000 --> 00:04.000")
        raise _mistake(number, "bad_times", reason) from error
    if end <= start:
        raise _mistake(number, "end_before_start", _("the end is not after the start"))
    if before and start < before[-1].start:
        raise _mistake(number, "out_of_order", _("this starts before the caption above it"))
    for further, line in enumerate(block[at + 1 :], start=number + 1):
        if ARROW in line:
            raise _mistake(further, "no_empty_line", _("an empty line is missing above it"))
    if not any(line.strip() for line in block[at + 1 :]):
        raise _mistake(number, "no_text", _("no text stands under these times"))
    return Cue(number, start, end)


def _mistake(number, code, reason):
    return ValidationError(
        _("Line %(number)d: %(reason)s.") % {"number": number, "reason": reason}, code=code
    )
