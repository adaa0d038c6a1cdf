from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def fill_lists(using, apps, **kwargs):
    """The official lists and the communes, once every table is there."""
    from . import communes, filters, lists
    from .models import LoadedFile

    try:
        apps.get_model("professionals", LoadedFile.__name__)
    except LookupError:
        return  # a migrate that stops half-way, or goes back
    lists.sync(using)
    filters.forget_kinds()
    communes.load(using)


class ProfessionalsConfig(AppConfig):
    name = "professionals"
    verbose_name = _("directory of professionals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.purging import register_purge
        from media.registry import register_holder, register_publisher, register_reader

        from . import files, listing
        from .exchange import runs
        from .moderation import permissions

        register_holder(files.holders_of, files.holders_of_many)
        register_publisher(files.publishers_of)
        register_reader(files.is_read_by)
        permissions.register()
        register_purge(runs.purge)
        listing.connect()
        files.connect()
        post_migrate.connect(fill_lists, sender=self, dispatch_uid="fill_directory_lists")
