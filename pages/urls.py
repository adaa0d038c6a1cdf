"""Addresses of the pages, per language; stands just before Wagtail's own."""

from django.urls import path

from . import accessibility, booklet_views, feeds, offline, views
from .search.views import search

urlpatterns = [
    path("accessibilite/", accessibility.statement, name="accessibility"),
    path("livret/", booklet_views.booklet, name="booklet"),
    path("livret/mes-infos-bebe.pdf", booklet_views.booklet_pdf, name="booklet_pdf"),
    path("recherche/", search, name="search"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("mes-sujets-gardes/", offline.kept_topics, name="kept_topics"),
    path("<slug:theme_slug>/flux.xml", feeds.ThemeFeed(), name="theme_feed"),
    path("<slug:theme_slug>/<slug:topic_slug>/", views.topic, name="topic"),
    path(
        "<slug:theme_slug>/<slug:topic_slug>/partage-<slug:version>.jpg",
        views.social_picture,
        name="social_picture",
    ),
    path("<slug:theme_slug>/<slug:topic_slug>/avis/", views.opinion, name="topic_opinion"),
]
