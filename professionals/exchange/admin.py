"""Imports in the Wagtail admin: choose a file, see what each row would do, confirm."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.menu import ForSome
from professionals.models import ImportRun

from . import runs
from .importing import What
from .reading import MOST_BYTES

LAST_SHOWN = 20


def may_import(user):
    return user.has_perm("professionals.add_importrun")


class ImportForm(forms.ModelForm):
    """The file, and what its rows do not say."""

    class Meta:
        model = ImportRun
        fields = ("file", "source", "kind", "organisations")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        self.fields["file"].help_text = _("CSV, XLSX, GeoJSON or data·inclusion, at most 200 MB.")
        self.fields["file"].error_messages["empty"] = _("This file is empty.")
        self.fields["source"].widget.attrs["maxlength"] = 100

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 200 MB are read."))
        return file


class ImportScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen for those who may import."""

    header_icon = "upload"

    def dispatch(self, request, *args, **kwargs):
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        above = [{"url": reverse("directory_imports"), "label": _("Import entries")}]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]


class ImportsView(ImportScreen):
    """The form, and what was imported last."""

    template_name = "professionals/admin/imports.html"
    page_title = gettext_lazy("Import entries")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        last = ImportRun.objects.select_related("user")[:LAST_SHOWN]
        return super().get_context_data(**{"form": ImportForm(), "last": last, **kwargs})

    def post(self, request):
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        run = form.save(commit=False)
        run.user = request.user
        run.file_name = request.FILES["file"].name[:200]
        runs.begin(run)
        return redirect("directory_import", run.pk)


class ImportView(ImportScreen):
    """One file: how far it is, what its rows do, and the buttons that go on."""

    template_name = "professionals/admin/import.html"

    @property
    def run(self):
        return get_object_or_404(ImportRun.objects.select_related("user"), pk=self.kwargs["run_id"])

    def get_page_title(self):
        return self.run.file_name

    def get_context_data(self, **kwargs):
        run = self.run
        lines = [
            {
                "what": what.value,
                "label": what.label,
                "number": run.counts.get(what.value, 0),
                "lines": [line for line in run.lines if line["what"] == what.value],
            }
            for what in (What.REFUSED, What.CHANGED, What.CREATED, What.LEFT)
        ]
        good = run.to_write if run.refused else 0
        return super().get_context_data(run=run, groups=lines, good=good, **kwargs)

    def post(self, request, run_id):
        run, asked = self.run, request.POST.get("do")
        if asked == "cancel":
            done = runs.cancel(run)
        elif asked in ("all", "good"):
            done = runs.confirm(run, good_rows=asked == "good")
        else:
            return HttpResponseNotAllowed(["GET"])
        if not done:
            messages.info(request, _("This was done already: nothing was done twice."))
        return redirect("directory_import", run_id)


class ReportView(ImportScreen):
    """All rows of an import, as a CSV."""

    def get(self, request, run_id):
        run = get_object_or_404(ImportRun, pk=run_id)
        if not run.report:
            raise Http404
        return FileResponse(
            run.report.open("rb"),
            as_attachment=True,
            filename=f"import-{run.pk}.csv",
            content_type="text/csv; charset=utf-8",
        )


@hooks.register("register_admin_urls")
def urls():
    return [
        path("annuaire/imports/", ImportsView.as_view(), name="directory_imports"),
        path("annuaire/imports/<int:run_id>/", ImportView.as_view(), name="directory_import"),
        path(
            "annuaire/imports/<int:run_id>/lignes.csv",
            ReportView.as_view(),
            name="directory_import_report",
        ),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return ForSome(
        gettext_lazy("Import entries"),
        reverse("directory_imports"),
        icon_name="upload",
        order=240,
        shown_to=may_import,
    )
