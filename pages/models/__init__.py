from pages.search.models import FruitlessWord

from .help_number import HelpNumber, HelpNumberChange
from .home import HomePage
from .stage import Stage
from .theme import ThemePage
from .topic import TopicPage

__all__ = [
    "FruitlessWord",
    "HelpNumber",
    "HelpNumberChange",
    "HomePage",
    "Stage",
    "ThemePage",
    "TopicPage",
]
