"""Addresses of the pages, per language; stands just before Wagtail's own."""

from django.urls import path

from . import views
from .search.views import search

urlpatterns = [
    path("recherche/", search, name="search"),
    path("<slug:theme_slug>/<slug:topic_slug>/", views.topic, name="topic"),
]
