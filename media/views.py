"""Admin views that say why a file cannot be deleted, and one that wagtailmedia
leaves open. They stand at Wagtail's own addresses, before Wagtail's."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.images.views import images
from wagtail.permissions import policy_registry
from wagtailmedia.views import media as wagtailmedia_views

from .models import Recording
from .registry import holders
from .rules import in_use_message


class IllustrationDeleteView(images.DeleteView):
    def dispatch(self, request, *args, **kwargs):
        if self.user_has_permission("delete") and (held_by := holders(self.object)):
            messages.error(request, in_use_message(self.object, held_by))
            return redirect("wagtailimages:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


def _recording_for(user, action, media_id):
    recording = get_object_or_404(Recording, pk=media_id)
    policy = policy_registry.get_by_type(Recording)
    if not policy.user_has_permission_for_instance(user, action, recording):
        raise PermissionDenied
    return recording


def delete_recording(request, media_id):
    """wagtailmedia's view, which would not say what uses the film."""
    recording = _recording_for(request.user, "delete", media_id)
    if held_by := holders(recording):
        messages.error(request, in_use_message(recording, held_by))
        return redirect("wagtailmedia:edit", media_id)
    return wagtailmedia_views.delete(request, media_id)


def recording_usage(request, media_id):
    """wagtailmedia's view, which does not ask whose film it is."""
    _recording_for(request.user, "change", media_id)
    return wagtailmedia_views.usage(request, media_id)
