"""Whoever scans a badge reads whether it is valid; the professional downloads it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media.serving import DRAWING_POLICY
from professionals.public import public_entry

from . import drawing
from .signing import verdict

# What is withdrawn is so at once.
NOT_KEPT = "no-store"


@require_safe
def verification(request, text):
    """What a badge is worth: valid, since when and on which ground; or no longer, since when;
    404 for one that was made by hand."""
    found = verdict(text)
    entry = public_entry(found.entry) if found and found.is_valid else None
    response = render(
        request,
        "professionals/verification.html",
        {"verdict": found, "entry": entry},
        status=200 if found else 404,
    )
    response["Cache-Control"] = NOT_KEPT
    return response


@require_safe
def badge(request, text, form):
    """The badge itself, *form* "svg" or "png"; 404 as soon as it is no longer valid."""
    found = verdict(text)
    if not found or not found.is_valid:
        raise Http404
    entry = found.entry
    data = drawing.svg(entry) if form == "svg" else drawing.png(entry)
    kind = "image/svg+xml" if form == "svg" else "image/png"
    headers = {
        "Cache-Control": NOT_KEPT,
        "Content-Disposition": f'attachment; filename="badge-{entry.slug}.{form}"',
        "X-Content-Type-Options": "nosniff",
    }
    if form == "svg":
        headers["Content-Security-Policy"] = DRAWING_POLICY
    return HttpResponse(data, content_type=kind, headers=headers)
