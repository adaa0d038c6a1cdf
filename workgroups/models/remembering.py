"""A page that answers the questions of one screen once."""

from django.utils.functional import cached_property
from wagtail.models import Page

from workgroups.remembered import remembered


class RememberingPage(Page):
    """Wagtail asks a page for these at every turn of a screen: see
    workgroups.remembered."""

    class Meta:
        abstract = True

    @property
    def current_workflow_state(self):
        page = super()
        return remembered(("workflow", self.pk), lambda: page.current_workflow_state)

    @property
    def current_workflow_task_state(self):
        page = super()
        return remembered(("task state", self.pk), lambda: page.current_workflow_task_state)

    @property
    def current_workflow_task(self):
        page = super()
        return remembered(("task", self.pk), lambda: page.current_workflow_task)

    @cached_property
    def scheduled_revision(self):
        page = super()
        return remembered(("scheduled", self.pk), lambda: page.scheduled_revision)

    def get_latest_revision(self):
        page = super()
        return remembered(("latest", self.pk), page.get_latest_revision)

    def _get_site_root_paths(self, *args, **kwargs):
        page = super()
        return remembered("site root paths", lambda: page._get_site_root_paths(*args, **kwargs))
