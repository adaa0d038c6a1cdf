"""The hours that people give to their groups: totals, as a file too, and hours at home."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import DateFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports.base import ReportView
from wagtail.admin.widgets import AdminDateInput, HeaderButton

from workgroups import meetings
from workgroups.meeting_forms import GivenHoursForm
from workgroups.models import GivenHours
from workgroups.models.meetings import HUNDREDTH, groups_open_to

from .board import as_text, may_see_the_board
from .meetings import MeetingScreen, PostOnly

LAST_SHOWN = 20


class HoursFilter(WagtailFilterSet):
    """Which group, and from when to when; it stands in the address."""

    groupe = ModelChoiceFilter(
        field_name="workgroup",
        label=gettext_lazy("Group"),
        queryset=lambda request: groups_open_to(request.user),
        empty_label=gettext_lazy("All groups"),
    )
    du = DateFilter(
        field_name="day", lookup_expr="gte", label=gettext_lazy("From"), widget=AdminDateInput
    )
    au = DateFilter(
        field_name="day", lookup_expr="lte", label=gettext_lazy("To"), widget=AdminDateInput
    )

    class Meta:
        model = GivenHours
        fields = []


def hundredths(hours):
    """``hours`` with two places, as every database should give it."""
    return hours.quantize(HUNDREDTH)


def as_written(hours):
    """``hours`` as the user's language writes numbers: a French spreadsheet takes
    1.50 for a text or a day."""
    return number_format(hundredths(hours))


class HoursColumn(Column):
    def get_value(self, instance):
        return as_written(super().get_value(instance))


class HoursView(ReportView):
    """One row per person and group."""

    table_classname = "listing wide-list"
    page_title = gettext_lazy("Given hours")
    header_icon = "time"
    index_url_name = "given_hours"
    index_results_url_name = "given_hours_results"
    filterset_class = HoursFilter
    model = GivenHours
    permission_policy = None
    verbose_name_plural = gettext_lazy("rows")
    columns = [
        Column("person", label=gettext_lazy("Person"), width="25%"),
        Column("profession", label=gettext_lazy("Profession")),
        Column("group", label=gettext_lazy("Group")),
        Column("meetings", label=gettext_lazy("Meetings")),
        HoursColumn("at_meetings", label=gettext_lazy("Hours at meetings")),
        HoursColumn("apart", label=gettext_lazy("Hours apart from them")),
        HoursColumn("total", label=gettext_lazy("Hours in all")),
    ]
    export_headings = {column.name: column.label for column in columns}
    list_export = [column.name for column in columns]
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: as_text},
        Decimal: {ReportView.FORMAT_CSV: as_written, ReportView.FORMAT_XLSX: hundredths},
    }
    export_filename = "heures"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_the_board(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Meetings"), url=reverse("meetings"), icon_name="calendar"),
            HeaderButton(_("Add hours"), url=reverse("given_hours_add"), icon_name="plus"),
        ]

    def get_breadcrumbs_items(self):
        above = [{"url": reverse("meetings"), "label": _("Meetings")}]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def get_base_queryset(self):
        return GivenHours.objects.visible_to(self.request.user)

    def get(self, request, *args, **kwargs):
        # A day that is none brings back the page, which says so, and not a file of all days.
        self.is_export = self.is_export and self.filters.is_valid()
        return super().get(request, *args, **kwargs)

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset).totals()


class HoursAddView(MeetingScreen):
    """Hours given apart from meetings."""

    template_name = "workgroups/hours_add.html"
    page_title = gettext_lazy("Add hours")
    header_icon = "time"

    def dispatch(self, request, *args, **kwargs):
        self.arranged = meetings.arranged_by(request.user)
        if not may_see_the_board(request.user) or not self.arranged.exists():
            raise PermissionDenied
        if self.group is None and self.arranged.count() > 1:
            self.template_name = "workgroups/meeting_group.html"
            return self.render_to_response(self.get_context_data(groups=self.arranged))
        if not meetings.may_arrange(request.user, self.chosen):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self):
        return self.group or self.arranged.get()

    def form(self, data=None):
        given = GivenHours(workgroup=self.chosen)
        return GivenHoursForm(data, instance=given, user=self.request.user)

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            given = meetings.give_hours(form.instance, request.user)
        except meetings.GoneError:
            messages.error(request, _("Nothing was kept: this group is not there any more."))
            return redirect("given_hours")
        if given.done:
            messages.success(request, _("The hours are kept. Thank you!"))
        else:
            messages.info(request, _("These hours stand there already: nothing was done twice."))
        return redirect(f"{reverse('given_hours_add')}?groupe={self.chosen.pk}")

    def get_context_data(self, **kwargs):
        if "groups" in kwargs:
            return super().get_context_data(**kwargs)
        last = GivenHours.objects.filter(workgroup=self.chosen, meeting=None)
        context = {
            "form": self.form(),
            "group": self.chosen,
            "last": last.select_related("user")[:LAST_SHOWN],
        }
        return super().get_context_data(**{**context, **kwargs})


class HoursRemoveView(PostOnly, MeetingScreen):
    """Takes away hours that were entered by mistake."""

    def post(self, request, *args, **kwargs):
        found = GivenHours.objects.visible_to(request.user).filter(meeting=None)
        given = found.filter(pk=kwargs["hours_id"]).select_related("workgroup", "user").first()
        if given and not meetings.may_arrange(request.user, given.workgroup):
            raise PermissionDenied
        if given is None or not meetings.take_back(given, request.user).done:
            messages.info(request, _("These hours are not there any more."))
            return redirect("given_hours")
        messages.success(request, _("The hours are taken away."))
        return redirect(f"{reverse('given_hours_add')}?groupe={given.workgroup_id}")
