from .help_number import HelpNumber, HelpNumberChange
from .home import HomePage
from .stage import Stage
from .theme import ThemePage
from .topic import TopicPage

__all__ = [
    "HelpNumber",
    "HelpNumberChange",
    "HomePage",
    "Stage",
    "ThemePage",
    "TopicPage",
]
