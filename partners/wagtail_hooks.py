"""What partners add to the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .admin import PartnerViewSet


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
