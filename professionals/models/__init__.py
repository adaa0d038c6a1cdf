from .communes import Commune, CommuneWords, LoadedFile, PostalCode
from .drafts import Draft
from .history import EntryEvent, EntryReport
from .imports import ImportRun, PurgedSource, SourceRecord
from .links import MailedLink
from .lists import EligibilityGround, Kind, Priority, Sector
from .map import Hours, MapCell, PublicPoint
from .moderation import DecisionMail, DirectorySettings
from .private import Contact, Evidence, Note
from .professional import Professional

__all__ = [
    "Commune",
    "CommuneWords",
    "Contact",
    "DecisionMail",
    "DirectorySettings",
    "Draft",
    "EligibilityGround",
    "EntryEvent",
    "EntryReport",
    "Evidence",
    "Hours",
    "ImportRun",
    "Kind",
    "LoadedFile",
    "MailedLink",
    "MapCell",
    "Note",
    "PostalCode",
    "Priority",
    "Professional",
    "PublicPoint",
    "PurgedSource",
    "Sector",
    "SourceRecord",
]
