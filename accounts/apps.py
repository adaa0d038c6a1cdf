from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


def _all_models_exist(migrated_apps):
    """Whether every model that the table of roles names is migrated by now."""
    for label in {
        name.split(".")[0] for names in settings.ROLE_PERMISSIONS.values() for name in names
    }:
        for model in apps.get_app_config(label).get_models():
            try:
                migrated_apps.get_model(label, model.__name__)
            except LookupError:
                return False
    return True


def sync_roles_after_migrate(using, apps=apps, **kwargs):
    """Run once per migrate, when every app has made its permissions.

    A migrate that stops half-way, at one app, leaves the roles to the next.
    """
    from .roles import sync_roles

    if _all_models_exist(apps):
        sync_roles(using)


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import audit, deletion, finished_tasks, policies, signals
        from .purging import register_purge

        policies.register()
        audit.connect()
        deletion.connect()
        signals.connect()
        register_purge(finished_tasks.purge)
        # Django sends post_migrate to the apps that have models, in their order.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(sync_roles_after_migrate, sender=last)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app, with this site's own screens."""

    user_viewset = "accounts.views.UserViewSet"
