"""The site's addresses, with those of the demo."""

from config.urls import urlpatterns as of_the_site
from django.urls import include, path

urlpatterns = [path("demo/", include("demo.urls")), *of_the_site]
