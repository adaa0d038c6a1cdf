"""Admin views that say why a file cannot be deleted, and some that Wagtail
leaves open. They stand at Wagtail's own addresses, before Wagtail's."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.images.views import images, multiple
from wagtail.permissions import policy_registry
from wagtailmedia.views import media as wagtailmedia_views

from .content import prepared_picture
from .models import Recording
from .registry import holders
from .rules import in_use_message
from .tags import tags_told_to

TAGS_PROPOSED = 10


class IllustrationDeleteView(images.DeleteView):
    def dispatch(self, request, *args, **kwargs):
        if self.user_has_permission("delete") and (held_by := holders(self.object)):
            messages.error(request, in_use_message(self.object, held_by, request.user))
            return redirect("wagtailimages:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class AddManyView(multiple.AddView):
    """What waits there for its credit and licence has lost its places and names too."""

    def post(self, request):
        if file := request.FILES.get("files[]"):
            with suppress(ValidationError):  # the form says what is wrong
                request.FILES["files[]"] = prepared_picture(file)
        return super().post(request)


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
        messages.error(request, in_use_message(recording, held_by, request.user))
        return redirect("wagtailmedia:edit", media_id)
    return wagtailmedia_views.delete(request, media_id)


def recording_usage(request, media_id):
    """wagtailmedia's view, which does not ask whose film it is."""
    _recording_for(request.user, "change", media_id)
    return wagtailmedia_views.usage(request, media_id)


@require_admin_access
def complete_tag(request, **model):
    """Wagtail's view, which proposes the tags of every group's files. There is
    one kind of tag, so that the model that the longer address names is no matter."""
    term = request.GET.get("term")
    tags = tags_told_to(request.user).filter(name__istartswith=term) if term else []
    names = sorted(tag.name for tag in tags)
    return JsonResponse(names[:TAGS_PROPOSED], safe=False)
