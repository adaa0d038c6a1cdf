"""Where somebody chooses topics for a booklet, and gets it."""

from django.conf import settings
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pages.booklet import BookletError, TooBusyError, pdf_of
from pages.booklet_choice import MOST, chosen, topics_of

RETRY = 20  # seconds


@require_safe
def booklet(request):
    """Choose topics by ticking, put them in order by links; all of it is in the address."""
    choice = chosen(request.GET, request.LANGUAGE_CODE)
    if "sujet" in request.GET:
        return redirect(choice.address())  # one address for one choice
    themes = {}
    for topic in topics_of(request.LANGUAGE_CODE).listed().order_by("path"):
        if topic in choice.topics:
            continue
        themes.setdefault(topic.theme_details["title"], []).append(topic)
    context = {
        "choice": choice,
        "themes": themes,
        "most": MOST,
        "pdf_url": choice.address("booklet_pdf"),
    }
    return render(request, "pages/booklet.html", context)


@require_safe
def booklet_pdf(request):
    """The booklet itself; where it cannot be made now, a page that says so."""
    choice = chosen(request.GET, request.LANGUAGE_CODE)
    if not choice.topics:
        return redirect(choice.address())
    try:
        pdf = pdf_of(choice, request.build_absolute_uri(choice.address()))
    except TooBusyError:
        return _not_now(request, choice, is_busy=True)
    except BookletError:
        return _not_now(request, choice, is_busy=False)
    response = FileResponse(
        pdf, content_type="application/pdf", filename=_name(request.LANGUAGE_CODE)
    )
    response["Cache-Control"] = "no-cache"
    return response


def _not_now(request, choice, is_busy):
    context = {"choice": choice, "is_busy": is_busy, "pdf_url": choice.address("booklet_pdf")}
    response = render(request, "pages/booklet_not_now.html", context, status=503)
    response["Retry-After"] = str(RETRY)
    return response


def _name(language):
    first = settings.LANGUAGES[0][0]
    return "mes-infos-bebe.pdf" if language == first else f"mes-infos-bebe-{language}.pdf"
