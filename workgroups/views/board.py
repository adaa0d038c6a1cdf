"""The board, its list, and what one does from a card."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django_filters import ChoiceFilter, Filter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports.base import ReportView
from wagtail.admin.widgets import HeaderButton
from wagtail.models import Page

from media.spreadsheets import as_text
from workgroups import board
from workgroups.models import BoardColumn, EditorialRecord, Workgroup
from workgroups.models.records import oversees
from workgroups.room import own_groups


def may_see_the_board(user):
    """Those who oversee all groups, and whoever belongs to one."""
    return oversees(user) or bool(own_groups(user))


def _themes(request):
    """The pages above the topics that the user finds on the board."""
    paths = board.visible_to(request.user).annotate(theme_path=board.path_above("page__path"))
    return Page.objects.filter(path__in=paths.values("theme_path")).order_by("title")


class TickFilter(Filter):
    """A box to tick: unticked, it says nothing."""

    field_class = forms.BooleanField


class BoardFilter(WagtailFilterSet):
    """What narrows the board and the list; it stands in the address."""

    groupe = ChoiceFilter(
        field_name="workgroup", label=gettext_lazy("Group"), empty_label=gettext_lazy("All groups")
    )
    theme = ModelChoiceFilter(
        label=gettext_lazy("Theme"),
        queryset=_themes,
        method="under",
        empty_label=gettext_lazy("All themes"),
    )
    etape = ChoiceFilter(
        field_name="column",
        label=gettext_lazy("Stage"),
        choices=[(value, capfirst(label)) for value, label in BoardColumn.choices],
        empty_label=gettext_lazy("All stages"),
    )
    retard = TickFilter(label=gettext_lazy("Only what is late"), method="only_late")
    moi = TickFilter(label=gettext_lazy("Only what waits for me"), method="only_mine")

    class Meta:
        model = EditorialRecord
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.request.user
        groups = Workgroup.objects.all() if oversees(user) else own_groups(user)
        self.filters["groupe"].extra["choices"] = [(group.pk, str(group)) for group in groups]

    def under(self, records, name, theme):
        return records.filter(page__path__startswith=theme.path, page__depth=theme.depth + 1)

    def only_late(self, records, name, wanted):
        return records.overdue() if wanted else records

    def only_mine(self, records, name, wanted):
        if not wanted:
            return records
        mine = EditorialRecord.objects.awaiting(self.request.user)
        return records.filter(pk__in=mine.values("pk"))


class BoardMixin:
    """What the board and the list have in common."""

    def dispatch(self, request, *args, **kwargs):
        if not may_see_the_board(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def other_view(self, name, label, icon):
        """A button that leads to the same topics in the other view."""
        address = reverse(name)
        if query := self.request.GET.urlencode():
            address = f"{address}?{query}"
        return HeaderButton(label, url=address, icon_name=icon, priority=10)


class BoardView(BoardMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "workgroups/board.html"
    page_title = gettext_lazy("Board")
    header_icon = "tasks"

    @cached_property
    def header_buttons(self):
        return [self.other_view("editorial_list", _("List"), "list-ul")]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        found = BoardFilter(self.request.GET, board.visible_to(user), request=self.request)
        tally = board.Tally.of(found.qs)
        return super().get_context_data(
            filters=found.form,
            narrowed=any(found.form.data.get(name) for name in found.filters),
            columns=board.columns(found.qs, user, tally.columns),
            languages=tally.by_language,
            group=self.request.GET.get("groupe"),
            in_room=False,
            here=self.request.get_full_path(),
            **kwargs,
        )


class BoardListView(BoardMixin, ReportView):
    """The same topics in a table, all of them, and as a spreadsheet."""

    template_name = "workgroups/board_list.html"
    table_classname = "listing wide-list board-list"
    page_title = gettext_lazy("List of topics")
    header_icon = "list-ul"
    index_url_name = "editorial_list"
    index_results_url_name = "editorial_list_results"
    filterset_class = BoardFilter
    model = EditorialRecord
    permission_policy = None
    verbose_name_plural = gettext_lazy("topics")
    columns = [
        TitleColumn(
            "title", label=gettext_lazy("Topic"), get_url=lambda card: card.url, width="25%"
        ),
        Column("theme", label=gettext_lazy("Theme")),
        Column("group", label=gettext_lazy("Group")),
        Column("stage_label", label=gettext_lazy("Stage")),
        Column("who", label=gettext_lazy("Who has it")),
        Column("days", label=gettext_lazy("Days at this stage")),
        Column("due_label", label=gettext_lazy("Due")),
        Column("missing_text", label=gettext_lazy("Still missing")),
        Column("languages_text", label=gettext_lazy("Languages")),
    ]
    export_headings = {column.name: column.label for column in columns}
    export_headings |= {"due_on": gettext_lazy("Due"), "days_late": gettext_lazy("Days late")}
    list_export = [
        "title", "theme", "group", "stage_label", "who", "days", "due_on", "days_late",
        "missing_text", "languages_text",
    ]  # fmt: skip
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: as_text},
    }
    export_filename = "sujets"

    @cached_property
    def header_buttons(self):
        return [self.other_view("editorial_board", _("Board"), "tasks")]

    def get_base_queryset(self):
        return board.in_order(board.visible_to(self.request.user))

    def paginate_queryset(self, queryset, page_size):
        paginator, page, records, more = super().paginate_queryset(queryset, page_size)
        return paginator, page, board.cards(records, self.request.user), more

    def as_spreadsheet(self, queryset, spreadsheet_format):
        return super().as_spreadsheet(board.cards(queryset, self.request.user), spreadsheet_format)
