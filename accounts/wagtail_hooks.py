from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel

from .bulk_actions import ACTIONS
from .forms import OwnDetailsForm
from .session import session

# Wagtail has no hook for the first panel of "your account", whose form asks
# for a first and a last name that this site's user does not have.
NameEmailSettingsPanel.form_class = OwnDetailsForm
NameEmailSettingsPanel.title = _("Mails and languages")

for action in ACTIONS:
    # After Wagtail's own of the same name: the last one registered counts.
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls")
def urls():
    return [path("session/", session, name="accounts_session")]


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("accounts.roles", _("Change roles"), _("Roles changed"))
