"""The report on words searched in vain, in the admin."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports.base import ReportView

from media.spreadsheets import as_text

from .models import FruitlessWord

SEE = "pages.view_fruitlessword"


class FruitlessWordsView(ReportView):
    """Which words several people searched and found nothing: topics to write, or words that
    the search does not know yet."""

    page_title = _("Words searched in vain")
    header_icon = "search"
    index_url_name = "pages_fruitless_words"
    index_results_url_name = "pages_fruitless_words_results"
    model = FruitlessWord
    any_permission_required = ["view"]
    columns = [
        Column("word", label=_("Word")),
        Column("language", label=_("Language")),
        Column("searches", label=_("Searches")),
        DateColumn("last_on", label=_("Last time")),
    ]
    list_export = ["word", "language", "searches", "last_on"]
    export_headings = {
        name: column.label for name, column in zip(list_export, columns, strict=True)
    }
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: as_text},
    }
    export_filename = "mots-sans-resultat"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return FruitlessWord.objects.order_by("-searches", "word")


class FruitlessWordsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(SEE)


def menu_item():
    """For the hook register_reports_menu_item."""
    return FruitlessWordsMenuItem(
        _("Words searched in vain"),
        reverse("pages_fruitless_words"),
        icon_name="search",
        order=650,
    )


urlpatterns = [
    path("reports/mots-sans-resultat/", FruitlessWordsView.as_view(), name="pages_fruitless_words"),
    path(
        "reports/mots-sans-resultat/resultats/",
        FruitlessWordsView.as_view(results_only=True),
        name="pages_fruitless_words_results",
    ),
]
