"""The moderators' addresses and menu in the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from accounts.menu import ForSome

from . import entries, mail_views, may_moderate, views

register_snippet(entries.EntryViewSet)
hooks.register("register_snippet_listing_buttons", entries.listing_buttons)

# Other parts of the directory add theirs to the hook "register_directory_menu_item".
directory_menu = Menu(register_hook_name="register_directory_menu_item")


@hooks.register("register_admin_urls")
def urls():
    entry = "annuaire/<int:pk>/"
    return [
        path("annuaire/", views.QueueView.as_view(), name="directory_queue"),
        path("annuaire/messages/", mail_views.MailsView.as_view(), name="directory_mails"),
        path(
            "annuaire/messages/<slug:about>/<slug:language>/",
            mail_views.MailView.as_view(),
            name="directory_mail",
        ),
        path(entry, views.DeskView.as_view(), name="directory_desk"),
        path(f"{entry}prendre/", views.ClaimView.as_view(), name="directory_claim"),
        path(f"{entry}note/", views.NoteView.as_view(), name="directory_note"),
        path(
            f"{entry}justificatifs/<int:evidence_pk>/",
            views.EvidenceView.as_view(),
            name="directory_evidence",
        ),
        path(
            f"{entry}decision/<slug:decision>/",
            views.DecideView.as_view(),
            name="directory_decide",
        ),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return DirectoryMenuItem(
        gettext_lazy("Directory"), directory_menu, icon_name="globe", order=70, name="directory"
    )


class DirectoryMenuItem(SubmenuMenuItem):
    def is_shown(self, request):
        return may_moderate(request.user) and super().is_shown(request)


@hooks.register("register_directory_menu_item")
def queue_item():
    return _item(gettext_lazy("What waits"), "directory_queue", "tasks", 10)


@hooks.register("register_directory_menu_item")
def entries_item():
    name = entries.Professional.snippet_viewset.get_url_name("list")
    return _item(gettext_lazy("Entries"), name, "list-ul", 20)


@hooks.register("register_directory_menu_item")
def mails_item():
    return _item(gettext_lazy("Mails about decisions"), "directory_mails", "mail", 30)


def _item(label, address, icon, order):
    return ForSome(label, reverse(address), icon_name=icon, order=order, shown_to=may_moderate)
