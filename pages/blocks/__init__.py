from .body import BodyBlock
from .help import HelpBlock
from .next_steps import PublicServiceChoiceBlock
from .next_topics import NextTopicsBlock
from .points import PointsBlock
from .references import HelpNumbersBlock, PlacedIllustrationBlock, RecordingChooserBlock
from .sources import SourceBlock, SourcesBlock

__all__ = [
    "BodyBlock",
    "HelpBlock",
    "HelpNumbersBlock",
    "NextTopicsBlock",
    "PlacedIllustrationBlock",
    "PointsBlock",
    "PublicServiceChoiceBlock",
    "RecordingChooserBlock",
    "SourceBlock",
    "SourcesBlock",
]
