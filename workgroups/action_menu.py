"""The buttons under the editor: what the topic's own workflow offers, and no more."""

from wagtail.admin.action_menu import (
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)

from .models import EditorialPage

FOREIGN_ITEMS = (CancelWorkflowMenuItem, RestartWorkflowMenuItem, SubmitForModerationMenuItem)


def arrange(menu_items, request, context):
    """Take away what would bend the workflow. Once nothing is missing, handing
    the topic on is the button that shows; until then, saving is."""
    page = context.get("page")
    if not isinstance(page, EditorialPage):
        return
    menu_items[:] = [item for item in menu_items if not isinstance(item, FOREIGN_ITEMS)]
    hand_over = [
        item for item in menu_items if isinstance(item, WorkflowMenuItem) and item.name == "approve"
    ]
    if not hand_over or context["view"] != "edit":
        return
    if not page.problems_at(page.get_record().stage):
        menu_items.remove(hand_over[0])
        menu_items.insert(0, hand_over[0])
