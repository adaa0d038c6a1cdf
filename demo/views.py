from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .mails import kept_mail_files, read_mail

MAILS_PER_PAGE = 20


@require_safe
@never_cache
def mails(request):
    """The mails that the demo has sent, newest first."""
    page = Paginator(kept_mail_files(), MAILS_PER_PAGE).get_page(request.GET.get("page"))
    address = request.build_absolute_uri("/").rstrip("/")
    return render(
        request,
        "demo/mails.html",
        {"page_of_mails": page, "mails": [read_mail(path, address) for path in page]},
    )
