"""Who may do what on the pages that hold topics."""

from wagtail.models import PagePermissionTester

from workgroups.models import Workgroup


class ThemePermissionTester(PagePermissionTester):
    """A theme: the authors of its groups add topics; nothing goes live from
    the page that creates one."""

    def can_add_subpage(self):
        return super().can_add_subpage() or self._writes_here()

    def _writes_here(self):
        if not self.user.is_active or not self.page.live:
            return False
        return Workgroup.objects.written_by(self.user).filter(themes=self.page.pk).exists()

    def can_publish_subpage(self):
        return False
