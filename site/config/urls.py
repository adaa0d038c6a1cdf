"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from media.serving import serve_file

from . import health

urlpatterns = [
    path("sante/live", health.live, name="health_live"),
    path("sante/ready", health.ready, name="health_ready"),
    path("media/<path:path>", serve_file),
    path("", include("workgroups.urls")),
    path("", include("pages.root_urls")),
    path("", include("partners.root_urls")),
    path("", include("professionals.root_urls")),
    path("", include("professionals.exchange.root_urls")),
    path("admin/", include("media.urls")),
    path("admin/", include(wagtailadmin_urls)),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))

urlpatterns += i18n_patterns(
    path("", include("professionals.exchange.urls")),
    path("professionnels/", include("professionals.registering_urls")),
    path("partenaires/", include("partners.urls")),
    path("professionnels/", include("professionals.badges.urls")),
    path("partenaires/", include("partners.page_urls")),
    path("", include("professionals.urls")),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
)
