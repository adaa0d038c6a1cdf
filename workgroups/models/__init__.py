from .brief_uploads import BriefUpload
from .brief_versions import BriefVersion, PinnedRemark
from .briefs import IllustrationBrief
from .calendar_addresses import CalendarAddress
from .editorial_page import EditorialPage, LockedAtThisStageError, UnsignedContentError
from .groups import Membership, Workgroup
from .meetings import Decision, GivenHours, Invitation, Meeting
from .readiness import ReadinessProblem
from .records import EditorialRecord
from .remarks import Remark
from .reminders import Reminder
from .sign_offs import AppendOnlyError, SignedFile, SignOff, Withdrawal
from .stages import BoardColumn, Stage
from .tasks import DraftTask, EditorialTask, IllustrationTask, SignOffTask
from .used_files import DraftFile

__all__ = [
    "AppendOnlyError",
    "BoardColumn",
    "BriefUpload",
    "BriefVersion",
    "CalendarAddress",
    "Decision",
    "DraftFile",
    "DraftTask",
    "EditorialPage",
    "EditorialRecord",
    "EditorialTask",
    "GivenHours",
    "IllustrationBrief",
    "IllustrationTask",
    "Invitation",
    "LockedAtThisStageError",
    "Meeting",
    "Membership",
    "PinnedRemark",
    "ReadinessProblem",
    "Remark",
    "Reminder",
    "SignOff",
    "SignOffTask",
    "SignedFile",
    "Stage",
    "UnsignedContentError",
    "Withdrawal",
    "Workgroup",
]
