"""The menu items that not everybody sees."""

from wagtail.admin.menu import MenuItem


class ForSome(MenuItem):
    """A menu item for those to whom ``shown_to``, a function of the user, says yes."""

    def __init__(self, *args, shown_to, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown_to = shown_to

    def is_shown(self, request):
        return self.shown_to(request.user)
