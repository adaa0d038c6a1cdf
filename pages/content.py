"""The exact content that a signature stands under.

Everything that parents and search engines see, in a shape that JSON can hold
and that is the same each time: no block ids, no revisions, no dates of saving.
A block's new field is covered without a line here, since the walk follows the
block definitions.
"""

from collections.abc import Mapping
from datetime import date

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock

from pages.blocks import PlacedIllustrationBlock, RecordingChooserBlock


def canonical_picture(illustration):
    """A picture as it is signed: its bytes' hash, what it says, its credit and licence."""
    if illustration is None:
        return None
    return {
        "sha256": illustration.file_sha256,
        "long_description": illustration.long_description,
        "credit": illustration.credit,
        "licence": illustration.licence,
        "licence_text": illustration.licence_text,
    }


def canonical_recording(recording):
    """A film or sound as it is signed, with its captions and its transcript."""
    if recording is None:
        return None
    return {
        "sha256": recording.file_sha256,
        "type": recording.type,
        "poster": {"sha256": recording.thumbnail_sha256},
        "transcript": recording.transcript,
        "credit": recording.credit,
        "licence": recording.licence,
        "licence_text": recording.licence_text,
        "captions": [
            {"language": track.language, "sha256": track.file_sha256}
            for track in sorted(recording.caption_tracks.all(), key=lambda track: track.language)
        ],
    }


def canonical_value(block, value):
    """The value of a block, whatever its kind, without anything that changes
    from one saving to the next."""
    if isinstance(block, PlacedIllustrationBlock):
        return {
            "picture": canonical_picture(value),
            "alt": (value.contextual_alt_text or "") if value else "",
            "decorative": bool(value and value.decorative),
        }
    if isinstance(block, RecordingChooserBlock):
        return canonical_recording(value)
    if isinstance(block, StreamBlock):
        return [
            {
                "type": child.block_type,
                "value": canonical_value(child.block, child.value),
            }
            for child in value
        ]
    if isinstance(block, ListBlock):
        return [canonical_value(block.child_block, child) for child in value]
    if isinstance(block, StructBlock):
        return {
            name: canonical_value(child, value.get(name))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, RichTextBlock):
        return value.source if value else ""
    plain = block.get_prep_value(value)
    return plain.isoformat() if isinstance(plain, date) else plain


def _stream(page, name):
    field = page._meta.get_field(name)
    return canonical_value(field.stream_block, getattr(page, name))


def canonical_topic(page):
    """The whole content of a TopicPage (saved or not) as a dict."""
    return without_empty(
        {
            "title": page.title,
            "seo_title": page.seo_title,
            "search_description": page.search_description,
            "key_message": page.key_message,
            "stages": sorted(stage.slug for stage in page.stages.all()),
            "lead": {
                "picture": canonical_picture(page.lead_illustration),
                "alt": page.lead_alt_text,
                "decorative": page.lead_is_decorative,
            },
            "in_brief": _stream(page, "in_brief"),
            "body": _stream(page, "body"),
            "help": _stream(page, "help_block"),
            "sources": _stream(page, "sources"),
            "recording": canonical_recording(page.recording),
            "easy_to_read": page.is_easy,
            "understood": {
                "by": page.understood_by,
                "on": page.understood_on.isoformat() if page.understood_on else "",
            },
        }
    )


SPOKEN = ("title", "key_message", "in_brief", "body", "help")


def spoken_of(content):
    """What somebody who reads a topic aloud says, of its canonical content."""
    return {name: content.get(name) for name in SPOKEN}


def without_empty(content):
    """``content`` without what says nothing: a field that a later version of
    the site adds, still empty, does not change what was signed."""
    if isinstance(content, dict):
        kept = {key: without_empty(value) for key, value in content.items()}
        return {key: value for key, value in kept.items() if value not in (None, "", [], {}, False)}
    if isinstance(content, list):
        return [without_empty(item) for item in content]
    return content


def chosen_values(block, value, kind):
    """Every value, None included, that blocks of the class `kind` hold under
    `value`; for pictures, each as it stands in its place."""
    if isinstance(block, kind):
        yield value
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from chosen_values(child.block, child.value, kind)
    elif isinstance(block, ListBlock):
        for child in value:
            yield from chosen_values(block.child_block, child, kind)
    elif isinstance(block, StructBlock) and isinstance(value, Mapping):
        for name, child in block.child_blocks.items():
            yield from chosen_values(child, value.get(name), kind)


def body_pictures(page):
    """Every picture of the body in its order, None where one is missing."""
    return list(chosen_values(page.body.stream_block, page.body, PlacedIllustrationBlock))


def body_recordings(page):
    """Every film and sound of the body, in its order."""
    found = chosen_values(page.body.stream_block, page.body, RecordingChooserBlock)
    return [recording for recording in found if recording]


def used_files(page):
    """The Illustrations and Recordings of this version, each once."""
    files = [
        page.lead_illustration, *body_pictures(page), *body_recordings(page), page.recording
    ]  # fmt: skip
    return list({(type(f), f.pk): f for f in files if f}.values())
