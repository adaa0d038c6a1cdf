from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class WorkgroupsConfig(AppConfig):
    name = "workgroups"
    verbose_name = _("workgroups")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from media.registry import (
            register_collection_access,
            register_holder,
            register_publisher,
            register_reader,
        )

        from . import (
            authorship,
            briefs,
            closing,
            deletion,
            files,
            invitations,
            languages,
            licences,
            missing,
            moves,
            notifications,
            remarks,
            staffing,
            translated_markup,
            translations,
            triggers,
            workflow,
        )
        from .meeting_panels import MeetingsPanel, RemarksPanel
        from .permissions import EditorialPagePolicy
        from .room import register_room_panel
        from .views.brief_lists import briefs_panel
        from .views.room import MembersPanel, TopicsPanel
        from .waiting import register_waiting

        register_permission_policy(Page, EditorialPagePolicy())
        register_holder(files.holders_of, many=files.holders_of_many)
        register_collection_access(files.collections_of)
        register_room_panel(MeetingsPanel, order=10)
        register_room_panel(TopicsPanel, order=20)
        register_room_panel(briefs_panel, order=30)
        register_room_panel(RemarksPanel, order=40)
        register_room_panel(MembersPanel, order=60)
        register_waiting(licences.waiting_for)
        register_waiting(remarks.waiting_for)
        register_publisher(files.publishers_of)
        register_reader(files.is_read_by)
        pre_migrate.connect(triggers.drop_triggers, dispatch_uid="drop_triggers")
        post_migrate.connect(triggers.make_triggers, dispatch_uid="make_triggers")
        post_migrate.connect(workflow.ensure_workflow, sender=self, dispatch_uid="ensure_workflow")
        workflow.connect()
        authorship.connect()
        deletion.connect()
        languages.connect()
        staffing.connect()
        moves.connect()
        missing.connect()
        closing.connect()
        invitations.connect()
        notifications.connect()
        briefs.connect()
        translations.connect()
        translated_markup.connect()
