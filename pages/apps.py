from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("pages for parents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.references import register_references
        from media.registry import register_holder, register_publisher
        from workgroups.room import register_room_panel
        from workgroups.waiting import register_waiting

        from . import (
            confirmations,
            directory_queue,
            entry_pictures,
            holders,
            opinions_in_room,
            publishing,
            services_admin,
            shelves,
            themes,
            topic_in_room,
        )
        from .search import upkeep

        register_holder(holders.holders_of, many=holders.holders_of_many)
        register_references(holders.themes_that_draft)
        register_publisher(holders.publishers_of)
        register_references(services_admin.answered_for_by)
        register_waiting(confirmations.waiting_for)
        register_waiting(services_admin.waiting_for)
        register_waiting(directory_queue.waiting_for)
        register_room_panel(topic_in_room.room_panel, order=0)
        register_room_panel(opinions_in_room.room_panel, order=30)
        entry_pictures.connect()
        publishing.connect()
        shelves.connect()
        themes.connect()
        upkeep.connect()
