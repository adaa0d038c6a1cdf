"""What people call each place of the canonical content (see pages.content).

The walk follows the block definitions, as that of the content does: a block's
new field has its label here without a line. Keys are places, as
workgroups.parts.PartsReader reads them, in the order of the form.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, ListBlock, MultipleChoiceBlock, StreamBlock, StructBlock

from media.rules import Licence
from pages.blocks import (
    HelpNumbersBlock,
    PlacedIllustrationBlock,
    PublicServiceChoiceBlock,
    RecordingChooserBlock,
)


def placed_picture_labels(place):
    """The labels of a picture in its place, with its alternative text."""
    return {
        f"{place}.picture": "",
        f"{place}.picture.long_description": _("long description"),
        **_credit_labels(f"{place}.picture"),
        f"{place}.alt": _("What one sees"),
        f"{place}.decorative": _("The picture only decorates"),
    }


def recording_labels(place):
    """The labels of a film or a sound."""
    return {
        f"{place}.type": _("Kind"),
        f"{place}.type=video": _("Film"),
        f"{place}.type=audio": _("Sound"),
        f"{place}.poster": _("still picture"),
        f"{place}.captions": _("captions"),
        f"{place}.captions.language": _("language"),
        f"{place}.transcript": _("transcript"),
        **_credit_labels(place),
    }


def _credit_labels(place):
    licences = {f"{place}.licence={value}": label for value, label in Licence.choices}
    return {
        f"{place}.credit": _("Made by"),
        f"{place}.licence": _("licence"),
        **licences,
        f"{place}.licence_text": _("which licence"),
    }


def block_labels(block, place):
    """The labels of all that stands under ``block``, itself at ``place``."""
    if isinstance(block, PlacedIllustrationBlock):
        return placed_picture_labels(place)
    if isinstance(block, RecordingChooserBlock):
        return recording_labels(place)
    if isinstance(block, ListBlock):
        return block_labels(block.child_block, place)
    if isinstance(block, HelpNumbersBlock | PublicServiceChoiceBlock):
        return {}  # rows of the database, which this module does not ask
    if isinstance(block, ChoiceBlock | MultipleChoiceBlock):
        return {f"{place}={value}": label for value, label in block.field.choices if value}
    labels = {}
    if isinstance(block, StreamBlock | StructBlock):
        # The only kind of block of a stream is called as the stream is.
        nameless = isinstance(block, StreamBlock) and len(block.child_blocks) == 1
        for name, child in block.child_blocks.items():
            labels[f"{place}.{name}"] = "" if nameless else child.label
            labels |= block_labels(child, f"{place}.{name}")
    return labels
