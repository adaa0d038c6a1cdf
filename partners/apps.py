from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("partners")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.purging import register_purge
        from media.registry import (
            register_collection_access,
            register_holder,
            register_publisher,
        )

        from . import logos, permissions, requests

        permissions.register()
        register_purge(requests.purge)
        register_holder(logos.holders_of, logos.holders_of_many)
        register_publisher(logos.publishers_of)
        register_collection_access(logos.collections_for)
