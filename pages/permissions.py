"""Who may do what on the pages that hold topics."""

from wagtail.models import PagePermissionTester


class ShelfPermissionTester(PagePermissionTester):
    """For the home page and the themes: a page that holds live topics is not
    unpublished, deleted or moved, by anybody."""

    @property
    def _holds_live_topics(self):
        return self.page.specific.live_topics().exists()

    def can_unpublish(self):
        return super().can_unpublish() and not self._holds_live_topics

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self._holds_live_topics

    def can_move(self):
        return super().can_move() and not self._holds_live_topics


class ThemePermissionTester(ShelfPermissionTester):
    """A theme: the authors of its groups add topics; nothing goes live from
    the page that creates one."""

    def can_add_subpage(self):
        return super().can_add_subpage() or self._writes_here()

    def _writes_here(self):
        if not self.user.is_active or not self.page.live:
            return False
        writing = self.page.specific.workgroups.active().filter(
            memberships__user=self.user, memberships__role="author"
        )
        return writing.exists()

    def can_publish_subpage(self):
        return False
