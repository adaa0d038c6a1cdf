"""What a film or a sound holds, read by MediaInfo from its own bytes."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pymediainfo import MediaInfo

# What every browser of the last years plays, on phones too.
PLAYED = {"AVC", "VP8", "VP9", "AV1"}

# A browser that records a film writes down no length.
MAY_NOT_TELL = {"WebM"}


@dataclass(frozen=True)
class Measured:
    """*seconds* 0.0 where the file does not tell; *width* and *height* in pixels,
    None for a sound."""

    seconds: float = 0.0
    width: int | None = None
    height: int | None = None


def measured(file, kind):
    """What *file* holds, a film (*kind* "video") or a sound ("audio").

    Raises ValidationError, code "damaged_recording" where it is cut or has nothing
    to see (to hear), or "unplayable" where phones could not play it.
    """
    file.seek(0)
    try:
        tracks = MediaInfo.parse(file).tracks
    except Exception as error:  # the library tells of anything in this way
        raise _damaged(kind) from error
    finally:
        file.seek(0)
    whole = next((track for track in tracks if track.track_type == "General"), None)
    track = next((track for track in tracks if track.track_type.lower() == kind), None)
    if whole is None or track is None or whole.to_data().get("istruncated") == "Yes":
        raise _damaged(kind)
    seconds = _seconds(whole, track)
    if not seconds and whole.format not in MAY_NOT_TELL:
        raise _damaged(kind)
    if kind == "audio":
        return Measured(seconds)
    if track.format not in PLAYED:
        raise ValidationError(
            _("Not every phone plays this film: save it again as H.264 (MP4)."),
            code="unplayable",
        )
    return Measured(seconds, track.width or None, track.height or None)


def _seconds(whole, track):
    milliseconds = whole.duration or track.duration or 0
    return round(float(milliseconds) / 1000, 3)


def _damaged(kind):
    return ValidationError(
        _("This film is damaged or cut: it does not play to its end.")
        if kind == "video"
        else _("This sound is damaged or cut: it does not play to its end."),
        code="damaged_recording",
    )
