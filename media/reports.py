"""The report on rights, in the admin: every file, where it is used and under which licence."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports.base import ReportView

from .models import Illustration
from .rights import may_see_report, rights_of_files
from .rules import Licence
from .spreadsheets import as_text


class RightsFilter(WagtailFilterSet):
    """What narrows the report; it stands in the address. Each filter asks a row."""

    sorte = ChoiceFilter(
        label=_("Kind"),
        choices=[("picture", _("Pictures")), ("video", _("Films")), ("audio", _("Sounds"))],
        empty_label=_("All kinds"),
    )
    licence = ChoiceFilter(
        label=_("Licence"), choices=Licence.choices, empty_label=_("All licences")
    )
    fin = ChoiceFilter(
        label=_("End of the licence"),
        choices=[("bientot", _("Within 90 days")), ("passee", _("Ended"))],
        empty_label=_("Whatever its end"),
    )
    manque = ChoiceFilter(
        label=_("What is missing"),
        choices=[("text", _("A text")), ("credit", _("Who made it"))],
        empty_label=_("Complete or not"),
    )
    emploi = ChoiceFilter(
        label=_("Use"),
        choices=[
            ("oui", _("Used")),
            ("plusieurs", _("Used in several places")),
            ("non", _("Not used")),
        ],
        empty_label=_("Used or not"),
    )

    class Meta:
        model = Illustration
        fields = []

    CONDITIONS = {
        "sorte": lambda row, value: row.kind == value,
        "licence": lambda row, value: row.file.licence == value,
        "fin": lambda row, value: row.ends_soon if value == "bientot" else row.has_ended,
        "manque": lambda row, value: value in row.lacking,
        "emploi": lambda row, value: {
            "oui": row.number_of_places > 0,
            "plusieurs": row.number_of_places > 1,
            "non": row.number_of_places == 0,
        }[value],
    }

    def filter_queryset(self, rows):
        """The rows that fulfil every condition asked for; they come from two tables."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value}
        return [
            row for row in rows if all(self.CONDITIONS[name](row, asked[name]) for name in asked)
        ]


class PlacesColumn(Column):
    cell_template_name = "media/rights_places.html"


class UntilColumn(Column):
    cell_template_name = "media/rights_until.html"


class RightsReportView(ReportView):
    """Coordinators see every file, others those of their groups."""

    template_name = "media/rights_report.html"
    page_title = _("Rights of pictures and films")
    header_icon = "clipboard-list"
    index_url_name = "media_rights"
    index_results_url_name = "media_rights_results"
    filterset_class = RightsFilter
    permission_policy = None
    verbose_name_plural = _("files")
    table_classname = "listing wide-list rights-list"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda row: row.url, width="22%"),
        Column("kind_label", label=_("Kind")),
        PlacesColumn("places", label=_("Used in"), width="24%"),
        Column("credit", label=_("Made by")),
        Column("licence_label", label=_("Licence")),
        UntilColumn("until_label", label=_("Valid until")),
        Column("lacking_text", label=_("What is missing")),
    ]
    export_headings = {
        **{column.name: column.label for column in columns},
        "number_of_places": _("Number of places"),
        "places_text": _("Used in"),
        "until": _("Valid until"),
    }
    list_export = [
        "title", "kind_label", "number_of_places", "places_text", "credit", "licence_label",
        "until", "lacking_text",
    ]  # fmt: skip
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: as_text},
    }
    export_filename = "droits"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return rights_of_files(self.request.user)
