"""What partners add to the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.menu import ForSome

from .admin import PartnerViewSet
from .count_admin import CountsFileView, CountsView
from .permissions import may_keep_partners
from .request_admin import RequestsView, RequestView


@hooks.register("register_admin_viewset")
def partners():
    return PartnerViewSet()


@hooks.register("register_log_actions")
def log_actions(actions):
    for name, label, message in (
        ("origins", _("Change a partner’s sites"), _("Sites changed")),
        ("renew_key", _("Renew a partner’s key"), _("Key renewed")),
        ("activate", _("Activate a partner"), _("Activated")),
        ("deactivate", _("Deactivate a partner"), _("Deactivated")),
    ):
        actions.register_action(f"partners.{name}", label, message)


@hooks.register("register_admin_urls")
def urls():
    return [
        path("partenaires-demandes/", RequestsView.as_view(), name="partner_requests"),
        path("partenaires-demandes/<int:pk>/", RequestView.as_view(), name="partner_request_admin"),
        path("partenaires-vues/", CountsView.as_view(), name="partner_counts"),
        path("partenaires-vues/vues.csv", CountsFileView.as_view(), name="partner_counts_file"),
    ]


@hooks.register("register_admin_menu_item")
def requests_item():
    return _item(_("Partners: requests"), "partner_requests", "tasks", 81)


@hooks.register("register_admin_menu_item")
def counts_item():
    return _item(_("Partners: views"), "partner_counts", "view", 82)


def _item(label, address, icon, order):
    url = reverse(address)
    return ForSome(
        label, url, name=address, icon_name=icon, order=order, shown_to=may_keep_partners
    )
