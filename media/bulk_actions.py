"""Wagtail's bulk actions on pictures, silent about other groups' pictures."""

from wagtail.images.views.bulk_actions import (
    AddTagsBulkAction,
    AddToCollectionBulkAction,
    DeleteBulkAction,
)


class OwnPicturesOnly:
    """Leaves out the pictures that the user may not change, where Wagtail
    names them and says that she may not."""

    def get_actionable_objects(self):
        objects, _others = super().get_actionable_objects()
        return objects, {"items_with_no_access": []}


ACTIONS = [
    type(action.__name__, (OwnPicturesOnly, action), {"__module__": __name__})
    for action in (AddTagsBulkAction, AddToCollectionBulkAction, DeleteBulkAction)
]
