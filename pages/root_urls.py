"""Addresses of the pages' site that have no language in them."""

from django.urls import path

from . import offline, sitemap

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sw.js", offline.service_worker, name="service_worker"),
]
