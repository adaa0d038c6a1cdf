"""What the views on one editorial page have in common."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workgroups.models import EditorialPage, EditorialRecord


class EditorialView(WagtailAdminTemplateMixin, TemplateView):
    """A screen of the admin about one topic, named by its page id."""

    header_icon = "doc-full"

    @cached_property
    def record(self):
        return get_object_or_404(
            EditorialRecord.objects.select_related("page", "workgroup"),
            page_id=self.kwargs["page_id"],
        )

    @cached_property
    def topic(self):
        page = self.record.page.specific
        if not isinstance(page, EditorialPage):
            raise Http404
        return page

    def dispatch(self, request, *args, **kwargs):
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self):
        """Whether the user may open this screen at all."""
        raise NotImplementedError

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self):
        return self.topic.get_admin_display_title()
