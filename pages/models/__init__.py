from pages.search.models import FruitlessWord

from .help_number import HelpNumber, HelpNumberChange
from .home import HomePage
from .opinion import Opinion, OpinionSalt
from .public_service import PublicService
from .site_language import SiteLanguage
from .stage import Stage
from .theme import ThemePage
from .topic import TopicPage

__all__ = [
    "FruitlessWord",
    "HelpNumber",
    "HelpNumberChange",
    "HomePage",
    "Opinion",
    "OpinionSalt",
    "PublicService",
    "SiteLanguage",
    "Stage",
    "ThemePage",
    "TopicPage",
]
