"""What happened to a topic: who did what, and when."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import HeaderButton

from workgroups.timeline import timeline

from .editorial import EditorialView
from .sign_off import SignOffMixin


class TimelineView(SignOffMixin, EditorialView):
    """For whoever may read the topic's draft: who may open its history, and
    while it waits for its signature those who read it for that."""

    template_name = "workgroups/timeline.html"
    page_title = gettext_lazy("What happened")
    header_icon = "history"

    def allowed(self):
        if self.may_edit:
            return True
        return self.revision is not None and super().allowed()

    @cached_property
    def may_edit(self):
        return self.topic.permissions_for_user(self.request.user).can_edit()

    @cached_property
    def header_buttons(self):
        if not self.may_edit:
            return []
        editor = reverse("wagtailadmin_pages:edit", args=[self.topic.pk])
        versions = reverse("wagtailadmin_pages:history", args=[self.topic.pk])
        return [
            HeaderButton(_("Open the topic"), url=editor, icon_name="edit", priority=10),
            HeaderButton(_("Compare versions"), url=versions, icon_name="history", priority=20),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            topic=self.topic, lines=timeline(self.topic, self.request.GET.get("p")), **kwargs
        )
