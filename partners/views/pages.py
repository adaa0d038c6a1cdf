"""Pages for institutions: the assistant that makes a line of HTML, and how to paste it."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners import assistant as steps
from partners.addresses import KEY_PARAMETER, preview_path
from partners.assistant import Assistant, picture_choices
from partners.instructions import drupal_scheme, wagtail_settings
from partners.models import Partner


@require_safe
def assistant(request):
    """One line of HTML in five short steps, each a form whose answers stand in the address."""
    made = Assistant(request.GET)
    is_done = made.step == steps.LINE
    site = f"{request.scheme}://{request.get_host()}"
    context = {
        "url": request.build_absolute_uri(request.path),
        "made": made,
        "is_topics": made.step == steps.WHICH and made.kind in (steps.TOPIC, steps.TOPICS),
        "many": made.step == steps.WHICH and made.kind == steps.TOPICS,
        "parameter": steps.KINDS[made.kind][1] if made.kind else "",
        "pictures": picture_choices(made) if made.step == steps.LOOK else [],
        "lines": made.lines(site) if is_done else None,
        "preview": preview_path(made.path(), made.partner) if is_done else "",
    }
    if query := made.query():
        context["language_choice"] = f"?{query}"
    return render(request, "partners/assistant.html", context)


@require_safe
def instructions(request):
    """How the line, or a topic's address, is put into the software that institutions use; with
    the key in it, for whoever says hers."""
    key = request.GET.get(KEY_PARAMETER, "").strip()
    partner = Partner.objects.of_key(key)
    site = f"{request.scheme}://{request.get_host()}"
    context = {
        "url": request.build_absolute_uri(request.path),
        "partner": partner,
        "typed_key": key,
        "site": site,
        "endpoint": f"{site}/oembed",
        "frames": f"{site}/embed/",
        "scheme": drupal_scheme(site),
        "provider": settings.WAGTAIL_SITE_NAME,
        "wagtail": wagtail_settings(site, [code for code, _name in settings.LANGUAGES]),
    }
    if partner:
        context["language_choice"] = f"?{urlencode({KEY_PARAMETER: key})}"
    return render(request, "partners/instructions.html", context)
