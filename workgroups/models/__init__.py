from .editorial_page import EditorialPage, UnsignedContentError
from .groups import Membership, Workgroup
from .readiness import ReadinessProblem
from .records import BoardColumn, EditorialRecord, Stage
from .reminders import Reminder
from .sign_offs import AppendOnlyError, SignedFile, SignOff, Withdrawal
from .tasks import DraftTask, EditorialTask, IllustrationTask, SignOffTask
from .used_files import DraftFile

__all__ = [
    "AppendOnlyError",
    "BoardColumn",
    "DraftFile",
    "DraftTask",
    "EditorialPage",
    "EditorialRecord",
    "EditorialTask",
    "IllustrationTask",
    "Membership",
    "ReadinessProblem",
    "Reminder",
    "SignOff",
    "SignOffTask",
    "SignedFile",
    "Stage",
    "UnsignedContentError",
    "Withdrawal",
    "Workgroup",
]
