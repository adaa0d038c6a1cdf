from django.apps import AppConfig
from django.db.models.signals import post_migrate
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
        register_holder(logos.holders_of)
        register_publisher(logos.publishers_of)
        register_collection_access(logos.collections_for)
        post_migrate.connect(logos.make_collection, sender=self, dispatch_uid="partner_logos")
