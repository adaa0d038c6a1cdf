"""The admin's own list of pictures, for scripts of the editor."""

from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class IllustrationsAdminAPIViewSet(ImagesAdminAPIViewSet):
    """Lists what the person may choose; Wagtail's own lists every picture."""

    def get_queryset(self):
        choosable = policy_registry.get_by_type(self.model).instances_user_has_permission_for(
            self.request.user, "choose"
        )
        return super().get_queryset().filter(pk__in=choosable.values("pk"))
