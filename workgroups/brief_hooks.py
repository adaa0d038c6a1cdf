"""What illustration briefs add to the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from accounts.menu import ForSome

from .models import EditorialPage
from .models.brief_versions import Kind
from .models.records import oversees
from .views import brief_lists, brief_uploads, briefs


@hooks.register("register_admin_urls")
def urls():
    brief = "commandes/<int:brief_id>/"
    upload = "commandes/envois/<uuid:upload>/"
    return [
        path("dessins/", brief_lists.DeskView.as_view(), name="desk"),
        path("commandes/", brief_lists.BriefListView.as_view(), name="briefs"),
        path(
            "commandes/resultats/",
            brief_lists.BriefListView.as_view(results_only=True),
            name="briefs_results",
        ),
        path(
            "sujets/<int:page_id>/commandes/",
            brief_lists.TopicBriefsView.as_view(),
            name="topic_briefs",
        ),
        path(
            "sujets/<int:page_id>/commandes/nouvelle/",
            brief_lists.AskView.as_view(),
            name="brief_ask",
        ),
        path(brief, briefs.BriefView.as_view(), name="brief"),
        path(f"{brief}modifier/", briefs.ChangeBriefView.as_view(), name="brief_change"),
        path(f"{brief}livrer/", briefs.DeliverView.as_view(), name="brief_deliver"),
        path(f"{brief}accepter/", briefs.AcceptView.as_view(), name="brief_accept"),
        path(f"{brief}abandonner/", briefs.GiveUpView.as_view(), name="brief_give_up"),
        path(
            f"{brief}versions/<int:version_id>/",
            briefs.VersionFileView.as_view(),
            name="brief_version",
        ),
        path(
            f"{brief}versions/<int:version_id>/remarques/",
            briefs.RemarkView.as_view(),
            name="brief_remark",
        ),
        path(
            f"{brief}remarques/<int:pin_id>/reponse/",
            briefs.AnswerView.as_view(),
            name="brief_answer",
        ),
        path(f"{brief}envois/", brief_uploads.BeginUploadView.as_view(), name="brief_upload_begin"),
        path(upload, brief_uploads.UploadView.as_view(), name="brief_upload"),
        path(
            f"{upload}terminer/",
            brief_uploads.FinishUploadView.as_view(),
            name="brief_upload_finish",
        ),
        path(
            f"{upload}oublier/",
            brief_uploads.ForgetUploadView.as_view(),
            name="brief_upload_forget",
        ),
    ]


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return ForSome(
        gettext_lazy("My drawings"),
        reverse("desk"),
        icon_name="image",
        order=55,
        shown_to=brief_lists.may_draw,
    )


@hooks.register("register_admin_menu_item")
def briefs_menu_item():
    return ForSome(
        gettext_lazy("Briefs"),
        reverse("briefs"),
        icon_name="clipboard-list",
        order=56,
        # Illustrators come there from their desk.
        shown_to=lambda user: not brief_lists.may_draw(user) and brief_lists.may_list_briefs(user),
    )


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, next_url=None, view_name=None):
    page = page.specific if type(page) is Page else page
    record = page.get_record() if isinstance(page, EditorialPage) else None
    if record is not None and (oversees(user) or record.has_member(user)):
        yield Button(
            _("Illustration briefs"),
            reverse("topic_briefs", args=[page.pk]),
            icon_name="image",
            priority=20,
        )


@hooks.register("register_log_actions")
def log_actions(actions):
    class About(LogFormatter):
        """Tells of one brief: ``message`` holds the names of its data."""

        def format_message(self, log_entry):
            return self.message % {**self.empty, **log_entry.data}

        empty = {"place": "", "kind": "", "number": "", "reason": "", "text": ""}

    for name, label, message in (
        ("asked", gettext_lazy("Ask for a picture"), gettext_lazy("Picture asked for: %(place)s")),
        (
            "changed",
            gettext_lazy("Change an illustration brief"),
            gettext_lazy("Illustration brief changed: %(place)s"),
        ),
        (
            "remark",
            gettext_lazy("Remark on a picture"),
            gettext_lazy("Remark on the picture (%(place)s): %(text)s"),
        ),
        (
            "answered",
            gettext_lazy("Answer a remark on a picture"),
            gettext_lazy("Remark %(number)s on the picture answered: %(place)s"),
        ),
        (
            "accepted",
            gettext_lazy("Accept a picture"),
            gettext_lazy("Picture accepted and put in its place: %(place)s"),
        ),
        (
            "given_up",
            gettext_lazy("Give up a picture"),
            gettext_lazy("Picture given up (%(place)s): %(reason)s"),
        ),
    ):
        formatter = type(About)("About", (About,), {"label": label, "message": message})
        actions.register_action(f"workgroups.brief_{name}")(formatter)

    @actions.register_action("workgroups.brief_delivered")
    class Delivered(LogFormatter):
        label = gettext_lazy("Deliver a picture")

        def format_message(self, log_entry):
            return _("Picture delivered (%(kind)s): %(place)s") % {
                "kind": Kind(log_entry.data["kind"]).label,
                "place": log_entry.data["place"],
            }
