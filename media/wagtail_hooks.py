from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from accounts.menu import ForSome

from . import views
from .api import IllustrationsAdminAPIViewSet
from .bulk_actions import ACTIONS
from .choosers import tell_what_is_proposed
from .models import Illustration
from .registry import holders
from .reports import RightsReportView
from .rights import may_see_report
from .rules import in_use_message
from .tags import propose_no_popular_tags

propose_no_popular_tags()
tell_what_is_proposed()

for action in ACTIONS:
    # After Wagtail's own of the same name: the last one registered counts.
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls", order=-1)
def register_admin_urls():
    return [
        path("images/<int:image_id>/delete/", views.IllustrationDeleteView.as_view()),
        path("media/delete/<int:media_id>/", views.delete_recording),
        path("media/usage/<int:media_id>/", views.recording_usage),
        path("images/multiple/add/", views.AddManyView.as_view()),
        path("reports/droits/", RightsReportView.as_view(), name="media_rights"),
        path(
            "reports/droits/resultats/",
            RightsReportView.as_view(results_only=True),
            name="media_rights_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def rights_menu_item():
    return ForSome(
        _("Rights of pictures and films"),
        reverse("media_rights"),
        icon_name="clipboard-list",
        order=600,
        shown_to=may_see_report,
    )


@hooks.register("construct_admin_api", order=1)
def construct_admin_api(router):
    router.register_endpoint("images", IllustrationsAdminAPIViewSet)


@hooks.register("before_bulk_action")
def refuse_to_delete_what_is_used(request, action_type, objects, action):
    """One picture in use stops the whole deletion, and each one is named."""
    if action.model is not Illustration or action_type != "delete":
        return None
    refused = False
    for illustration in objects:
        if held_by := holders(illustration):
            messages.error(request, in_use_message(illustration, held_by, request.user))
            refused = True
    return redirect(action.next_url) if refused else None
