from .body import BodyBlock
from .help import HelpBlock
from .points import PointsBlock
from .references import HelpNumbersBlock, PlacedIllustrationBlock, RecordingChooserBlock
from .sources import SourceBlock, SourcesBlock

__all__ = [
    "BodyBlock",
    "HelpBlock",
    "HelpNumbersBlock",
    "PlacedIllustrationBlock",
    "PointsBlock",
    "RecordingChooserBlock",
    "SourceBlock",
    "SourcesBlock",
]
