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

        from media.registry import register_collection_access, register_holder

        from . import (
            authorship,
            briefs,
            deletion,
            files,
            languages,
            missing,
            moves,
            notifications,
            staffing,
            triggers,
            workflow,
        )
        from .permissions import EditorialPagePolicy

        register_permission_policy(Page, EditorialPagePolicy())
        register_holder(files.holders_of)
        register_collection_access(files.collections_of)
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
        notifications.connect()
        briefs.connect()
