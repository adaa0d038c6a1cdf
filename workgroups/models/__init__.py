from .editorial_page import EditorialPage, ReadinessProblem, UnsignedContentError
from .groups import Membership, Workgroup
from .records import EditorialRecord, Stage
from .sign_offs import AppendOnlyError, SignedFile, SignOff, Withdrawal
from .tasks import DraftTask, EditorialTask, IllustrationTask, SignOffTask
from .used_files import DraftFile

__all__ = [
    "AppendOnlyError",
    "DraftFile",
    "DraftTask",
    "EditorialPage",
    "EditorialRecord",
    "EditorialTask",
    "IllustrationTask",
    "Membership",
    "ReadinessProblem",
    "SignOff",
    "SignOffTask",
    "SignedFile",
    "Stage",
    "UnsignedContentError",
    "Withdrawal",
    "Workgroup",
]
