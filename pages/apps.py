from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("pages for parents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from media.registry import register_holder, register_publisher
        from workgroups.waiting import register_waiting

        from . import confirmations, holders, publishing, shelves, themes

        register_holder(holders.holders_of)
        register_publisher(holders.publishers_of)
        register_waiting(confirmations.waiting_for)
        publishing.connect()
        shelves.connect()
        themes.connect()
