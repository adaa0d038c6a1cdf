"""The editor's form of a topic."""

from workgroups.forms import EditorialPageForm


class TopicPageForm(EditorialPageForm):
    """Offers the groups that write for the theme, among the author's own."""

    def writing_groups(self):
        return super().writing_groups().filter(themes=self.parent_page.pk)
