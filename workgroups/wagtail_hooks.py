"""What workgroups adds to the Wagtail admin."""

import json
from datetime import date

from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Locale, Page

from accounts.menu import ForSome

from . import (  # noqa: F401 brief_hooks: its own hooks
    action_menu,
    brief_hooks,
    deletion,
    languages,
    meeting_admin,
    signing,
    translations,
    writers,
)
from .gate import OVERVIEWS
from .models import EditorialPage, EditorialRecord, Stage
from .models.records import oversees
from .notifications import place_of_work
from .permissions import closed_pages
from .room import own_groups, room_url
from .views.board import BoardListView, BoardView, may_see_the_board
from .views.groups import workgroup_viewset
from .views.room import RoomsView, RoomView
from .views.rounds import ReviseView, WithdrawView
from .views.sign_off import SignOffPreview, SignOffView
from .views.steps import DueDateView, HandOnView, SendBackView, tell_who_has_it
from .views.timeline import TimelineView
from .views.translations import TranslateView, TranslationsView
from .waiting import waiting_besides_topics

hooks.register("construct_page_action_menu", action_menu.arrange)
hooks.register("before_delete_page", deletion.explain)
hooks.register("before_bulk_action", deletion.explain_bulk)
hooks.register("describe_collection_contents", deletion.describe_collection)
hooks.register("register_admin_urls", meeting_admin.urls)
hooks.register("register_admin_menu_item", meeting_admin.menu_item)
hooks.register("register_log_actions", meeting_admin.log_actions)
hooks.register("register_page_header_buttons", meeting_admin.header_buttons)


@hooks.register("register_admin_viewset")
def groups():
    return workgroup_viewset


@hooks.register("register_admin_urls")
def urls():
    return [
        path("tableau/", BoardView.as_view(), name="editorial_board"),
        path("tableau/liste/", BoardListView.as_view(), name="editorial_list"),
        path(
            "tableau/liste/resultats/",
            BoardListView.as_view(results_only=True),
            name="editorial_list_results",
        ),
        path("sujets/<int:page_id>/transmettre/", HandOnView.as_view(), name="editorial_hand_on"),
        path("sujets/<int:page_id>/renvoyer/", SendBackView.as_view(), name="editorial_send_back"),
        path("sujets/<int:page_id>/echeance/", DueDateView.as_view(), name="editorial_due_date"),
        path("sujets/<int:page_id>/validation/", SignOffView.as_view(), name="editorial_sign_off"),
        path(
            "sujets/<int:page_id>/validation/apercu/<int:revision_id>/",
            SignOffPreview.as_view(),
            name="editorial_sign_off_preview",
        ),
        path("sujets/<int:page_id>/reviser/", ReviseView.as_view(), name="editorial_revise"),
        path(
            "sujets/<int:page_id>/traductions/",
            TranslationsView.as_view(),
            name="editorial_translations",
        ),
        path("sujets/<int:page_id>/traduire/", TranslateView.as_view(), name="editorial_translate"),
        path("sujets/<int:page_id>/retirer/", WithdrawView.as_view(), name="editorial_withdraw"),
        path("mes-groupes/", RoomsView.as_view(), name="workgroup_rooms"),
        path("mes-groupes/<int:workgroup_id>/", RoomView.as_view(), name="workgroup_room"),
        path(
            "sujets/<int:page_id>/ce-qui-s-est-passe/",
            TimelineView.as_view(),
            name="editorial_timeline",
        ),
        # At wagtail-localize's own address, before its own.
        path("locales/edit/<int:pk>/", languages.edit_language),
    ]


@hooks.register("register_admin_menu_item")
def board_menu_item():
    return ForSome(
        gettext_lazy("Board"),
        reverse("editorial_board"),
        icon_name="tasks",
        order=50,
        shown_to=may_see_the_board,
    )


@hooks.register("register_admin_menu_item")
def rooms_menu_item():
    return ForSome(
        gettext_lazy("My groups"),
        reverse("workgroup_rooms"),
        icon_name="group",
        order=60,
        shown_to=lambda user: bool(own_groups(user)),
    )


class WaitingPanel(Component):
    """What waits for the user, on the admin's home."""

    name = "waiting"
    order = 50
    template_name = "workgroups/waiting_panel.html"

    class Media:
        css = {"all": ["css/waiting.css"]}

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        rows = [
            {
                "record": record,
                "url": place_of_work(record),
                "room_url": room_url(user, record.workgroup),
            }
            for record in EditorialRecord.objects.awaiting(user)
        ]
        return {"rows": rows, "others": waiting_besides_topics(user)}


class OwnRecentEdits(RecentEditsPanel):
    """Wagtail's panel without the topics that are not the user's any more, and
    without a question to the database for each row's language."""

    template_name = "workgroups/recent_edits.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        pages = [page.pk for _when, page in context["last_edits"]]
        closed = closed_pages(parent_context["request"].user).filter(pk__in=pages)
        closed = set(closed.values_list("pk", flat=True))
        context["last_edits"] = [row for row in context["last_edits"] if row[1].pk not in closed]
        context["languages"] = {locale.pk: str(locale) for locale in Locale.objects.all()}
        return context


# What these show of a workflow stands in the waiting panel, for whom it is open.
REPLACED_PANELS = (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
    LockedPagesPanel,
    RecentEditsPanel,
)


@hooks.register("construct_homepage_panels")
def panels_of_ones_own(request, panels):
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED_PANELS)]
    panels += [WaitingPanel(), OwnRecentEdits()]


# After Wagtail's own hook, which brings the number.
@hooks.register("construct_homepage_summary_items", order=100)
def count_what_one_sees(request, items):
    """Wagtail counts every page there is; only those who see them all read it."""
    if not oversees(request.user):
        items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]


@hooks.register("construct_reports_menu")
def hide_overviews(request, items):
    """Some reports name the topics of all groups: see workgroups.gate."""
    if not oversees(request.user):
        overviews = {reverse(name) for name in OVERVIEWS}
        items[:] = [item for item in items if item.url not in overviews]


@hooks.register("insert_editor_js")
def editor_scripts():
    scripts = (
        "js/take-turns.js",
        "js/keep-typing.js",
        "js/name-blocks.js",
        "js/propose-alt-text.js",
    )
    return format_html_join(
        "", '<script type="module" src="{}"></script>', ((static(name),) for name in scripts)
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("editorial.sign", gettext_lazy("Sign"), gettext_lazy("Signed"))
    actions.register_action(
        "editorial.schedule", gettext_lazy("Schedule"), gettext_lazy("Signed, to be published")
    )
    actions.register_action(
        "editorial.revise", gettext_lazy("Revise"), gettext_lazy("New round opened")
    )
    actions.register_action(
        "editorial.reassign", gettext_lazy("Change group"), gettext_lazy("Given to another group")
    )

    actions.register_action(writers.ACTION)(writers.NamedWriters)

    @actions.register_action("editorial.address")
    class OtherAddress(LogFormatter):
        label = gettext_lazy("Change the address")

        def format_message(self, log_entry):
            return _("Put online at “%(to)s”: another page has “%(from)s” by now") % log_entry.data

    @actions.register_action("editorial.ask_translation")
    class TranslationAsked(LogFormatter):
        label = gettext_lazy("Ask for a translation")

        def format_message(self, log_entry):
            return _("Asked for the translation (%(language)s)") % log_entry.data

    class WithReason(LogFormatter):
        def format_message(self, log_entry):
            return self.message % {"reason": log_entry.data.get("reason", "")}

    @actions.register_action("editorial.send_back")
    class SentBack(WithReason):
        label = gettext_lazy("Send back")
        message = gettext_lazy("Sent back: %(reason)s")

    @actions.register_action("editorial.due")
    class DueDateMoved(LogFormatter):
        label = gettext_lazy("Move the due date")

        def format_message(self, log_entry):
            day = date.fromisoformat(log_entry.data["to"])
            return _("Due date moved to %(day)s: %(reason)s") % {
                "day": date_format(day, "DATE_FORMAT"),
                "reason": log_entry.data["reason"],
            }

    @actions.register_action("editorial.withdraw")
    class Withdrawn(WithReason):
        label = gettext_lazy("Withdraw")
        message = gettext_lazy("Withdrawn: %(reason)s")


# What Wagtail's editor would do to a workflow besides the topic's own steps.
FOREIGN_ACTIONS = ("action-cancel-workflow", "action-restart-workflow", "action-submit")


def _is_a_comment(extra):
    """Whether ``extra``, what a browser sends along with a workflow action, is
    nothing but a comment: Wagtail passes the rest on unlooked at."""
    try:
        data = json.loads(extra)
    except ValueError:
        return False
    if not isinstance(data, dict) or not set(data) <= {"comment"}:
        return False
    return isinstance(data.get("comment", ""), str)


def _ask_for_the_reason(request, page):
    """A page goes back with a reason; Wagtail's own screen asks for it, and a
    request that comes round it is told. None where nothing is missing."""
    extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    sends_back = (
        request.POST.get("action-workflow-action")
        and request.POST.get("workflow-action-name") == "reject"
    )
    if not sends_back or extra.get("comment", "").strip():
        return None
    messages.error(request, _("Say why, so that the group can go on."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page")
def refuse_foreign_actions(request, page):
    """A request that would cancel or swap the workflow is refused whole, and so
    is one that hands a locked page on together with edits, and an autosave that
    would hand on."""
    if request.method != "POST" or not isinstance(page, EditorialPage):
        return None
    foreign = any(request.POST.get(name) for name in FOREIGN_ACTIONS) or not _is_a_comment(
        request.POST.get("workflow-action-extra-data") or "{}"
    )
    hands_on = bool(request.POST.get("action-workflow-action"))
    lock = page.get_lock()
    locked_hand_over = hands_on and lock and lock.for_user(request.user)
    autosaves = not request.accepts("text/html")
    if not (foreign or locked_hand_over or (autosaves and hands_on)):
        return _ask_for_the_reason(request, page)
    messages.error(
        request,
        _("Nothing was saved and nothing was handed on: this topic is not yours to change now."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page", order=-1)
def translate_beside_the_source(request, page):
    """Instead of wagtail-localize's editor, whose only button publishes."""
    if not translations.is_of(page):
        return None
    if request.method == "POST":
        messages.error(request, _("A translation is written text by text: nothing was saved."))
    return redirect("editorial_translate", page.pk)


@hooks.register("after_edit_page")
def say_who_has_it(request, page):
    """After a hand-over: who has the topic now, and back to what waits for oneself."""
    if not (request.POST.get("action-workflow-action") and isinstance(page, EditorialPage)):
        return None
    tell_who_has_it(request, page)
    return redirect("wagtailadmin_home")


@hooks.register("after_copy_page")
def keep_group(request, page, new_page):
    """A copy stays in the group of what it was copied from."""
    record = EditorialRecord.objects.filter(page_id=page.pk).first()
    if record:
        EditorialRecord.objects.filter(page_id=new_page.pk).update(workgroup=record.workgroup_id)


@hooks.register("construct_page_chooser_queryset")
def hide_other_drafts(pages, request):
    """In choosers, a topic that is not online shows to those who may edit it."""
    return pages.exclude(pk__in=closed_pages(request.user).values("pk"))


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, next_url=None, view_name=None):
    page = page.specific if type(page) is Page else page
    if not isinstance(page, EditorialPage):
        return
    record = page.get_record()
    if record is None:
        return
    if page.permissions_for_user(user).can_edit():
        yield Button(
            _("What happened"),
            reverse("editorial_timeline", args=[page.pk]),
            icon_name="history",
            priority=50,
        )
    if record.stage in (Stage.SIGN_OFF, Stage.SCHEDULED):
        yield Button(
            _("Sign-off"),
            reverse("editorial_sign_off", args=[page.pk]),
            icon_name="check",
            priority=10,
        )
    if record.can_be_revised:
        yield Button(
            _("Revise"),
            reverse("editorial_revise", args=[page.pk]),
            icon_name="edit",
            priority=10,
        )
    if page.live and not record.is_translation and record.is_answered_for_by(user):
        yield Button(
            _("Translations"),
            reverse("editorial_translations", args=[page.pk]),
            icon_name="site",
            priority=40,
        )
    if page.live and signing.may_withdraw(user, page):
        yield Button(
            _("Withdraw"),
            reverse("editorial_withdraw", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )
