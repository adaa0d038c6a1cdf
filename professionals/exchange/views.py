"""The files of open data, and the page that explains them."""

import hashlib
import json

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from professionals.models import Kind, Professional
from professionals.structured_data import as_json_ld

from . import open_data
from .columns import BETWEEN, table_schema


def open_to_all(response):
    """Let the pages of other sites read it, and say under which licence it is."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Link"] = f'<{open_data.LICENCE_URL}>; rel="license"'
    return response


@require_safe
def file(request, extension):
    """The open data as "csv", "geojson" or "json"; 304 for whoever has it as it is, 400 and the
    reason for parameters that are none."""
    try:
        choice = open_data.Choice.of_address(request.GET)
    except open_data.ParameterError as error:
        return open_to_all(JsonResponse({"error": str(error)}, status=400))
    number, last = open_data.last_change()
    said = repr((open_data.SHAPE, extension, choice, number, last, request.get_host()))
    etag = quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])
    moment = int(last.timestamp()) if last else None
    response = get_conditional_response(request, etag, moment)
    if response is None:
        site = f"{request.scheme}://{request.get_host()}"
        pieces = () if request.method == "HEAD" else open_data.PIECES[extension](choice, site)
        response = StreamingHttpResponse(pieces, content_type=open_data.FORMATS[extension])
        name = f"professionnels.{extension}"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["ETag"] = etag
    if moment is not None:
        response.headers["Last-Modified"] = http_date(moment)
    response.headers["Cache-Control"] = "public, no-cache"
    return open_to_all(response)


@require_safe
def schema(request):
    """The Table Schema of the CSV."""
    text = json.dumps(table_schema(), ensure_ascii=False, indent=2)
    return open_to_all(HttpResponse(text, content_type="application/json"))


@require_safe
def about(request):
    """For people: what the files hold, their columns, the licence, and whom they may ask."""
    number = Professional.objects.in_open_data().count()
    _all, last = open_data.last_change()
    files = [
        {"name": name, "url": reverse("open_data", args=[extension]), "says": says}
        for extension, name, says in (
            ("csv", "CSV", _("for a spreadsheet: one row for each entry")),
            ("geojson", "GeoJSON", _("for a map (RFC 7946)")),
            ("json", "data·inclusion", _("for programs: the schema of structures, version 1")),
        )
    ]
    context = {
        "number": number,
        "last": last,
        "files": files,
        "schema_url": reverse("open_data_schema"),
        "columns": table_schema()["fields"],
        "between": BETWEEN,
        "licence": open_data.LICENCE,
        "licence_url": open_data.LICENCE_URL,
        "example_kind": Kind.objects.values_list("slug", flat=True).filter(slug="laep").first(),
        "structured_data": dataset(request, files, last),
    }
    return render(request, "professionals/open_data.html", context)


def dataset(request, files, last):
    """The open data as a schema.org/Dataset, in JSON that may stand in a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": request.build_absolute_uri(),
        "url": request.build_absolute_uri(),
        "name": _("Professionals of the first 1000 days in France"),
        "description": _(
            "Who supports parents and children during the first 1000 days: what they do, where, "
            "when and how to reach them. Each entry says whether it was checked."
        ),
        "license": open_data.LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "spatialCoverage": "France",
        "creator": {"@type": "Organization", "name": "Mes Infos Bébé"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file["name"],
                "contentUrl": request.build_absolute_uri(file["url"]),
                "encodingFormat": open_data.FORMATS[extension].split(";")[0],
            }
            for extension, file in zip(("csv", "geojson", "json"), files, strict=True)
        ],
    }
    if last:
        data["dateModified"] = last.isoformat(timespec="seconds")
    return as_json_ld(data)
