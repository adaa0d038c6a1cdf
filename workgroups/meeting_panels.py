"""What a group's page shows of its meetings and remarks: parts to be included there."""

from wagtail.admin.ui.components import Component

from . import meetings
from .models import Meeting, Remark
from .room import may_enter

COMING_SHOWN = 5
PAST_SHOWN = 3
REMARKS_SHOWN = 10


class _GroupPanel(Component):
    class Media:
        css = {"all": ["css/meetings.css"]}

    def __init__(self, request, workgroup):
        self.request = request
        self.workgroup = workgroup

    @property
    def is_open(self):
        return may_enter(self.request.user, self.workgroup)


class MeetingsPanel(_GroupPanel):
    """The next meetings and the last ones."""

    name = "meetings"
    template_name = "workgroups/meetings_panel.html"

    def get_context_data(self, parent_context):
        found = Meeting.objects.of(self.workgroup).select_related("workgroup")
        found = found if self.is_open else found.none()
        return {
            "workgroup": self.workgroup,
            "coming": found.coming()[:COMING_SHOWN],
            "past": found.past()[:PAST_SHOWN],
            "may_make": meetings.may_arrange(self.request.user, self.workgroup),
        }


class RemarksPanel(_GroupPanel):
    """The open remarks on the group's topics, what is due first on top."""

    name = "remarks"
    template_name = "workgroups/remarks_panel.html"

    def get_context_data(self, parent_context):
        found = Remark.objects.of(self.workgroup).open().in_order()
        found = found if self.is_open else found.none()
        return {
            "remarks": found.select_related("record__page")[:REMARKS_SHOWN],
            "number": found.count(),
        }
