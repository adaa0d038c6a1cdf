"""The site's addresses with Wagtail's API v3 beside them, which the site does
not open: the rules hold for whoever adds it one day."""

from config.urls import urlpatterns as site
from django.urls import path
from wagtail.api.v3.urls import api

urlpatterns = [path("api/v3/", api.urls), *site]
