"""The screen on which a second person decides about what somebody proposed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from pages.models.public_service import ChangedSinceError


class DecideView(WagtailAdminTemplateMixin, View):
    """What somebody proposes beside what parents have; confirm or refuse.

    A subclass names the *model*, whose object has `can_be_confirmed_by(user)` and, in `decide`,
    two ways to be done; the *permission*; what the object is called in the template
    (*context_name*); the list it belongs to (*list_url_name*, *list_label*); what is said when
    it is *confirmed*.
    """

    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.object = get_object_or_404(self.model, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(self.list_url_name), "label": self.list_label},
            {"url": "", "label": str(self.object)},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            self.context_name: self.object,
            "can_confirm": self.object.can_be_confirmed_by(self.request.user),
        }

    def decide(self, confirms):
        """Confirm or refuse. Raises PermissionDenied with a sentence, ChangedSinceError where
        it is no longer what was looked at."""
        user = self.request.user
        return self.object.confirm(user) if confirms else self.object.refuse(user)

    def post(self, request, pk):
        """`decision` is "confirm" or "refuse"; an answer that comes twice does nothing the
        second time and says so."""
        confirms = request.POST.get("decision") == "confirm"
        try:
            self.decide(confirms)
        except ChangedSinceError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        except PermissionDenied as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.confirmed if confirms else _("Refused."))
        return redirect(self.list_url_name)
