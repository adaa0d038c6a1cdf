"""What the editor asks of an easy version alone."""

from wagtail.admin.panels import MultiFieldPanel


class EasyVersionPanel(MultiFieldPanel):
    """Its fields show where the page is the easy version of a topic."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and bool(self.instance and self.instance.easy_version_of)
