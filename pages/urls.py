"""Addresses of the pages, per language; stands just before Wagtail's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:theme_slug>/<str:topic_slug>/", views.topic, name="topic"),
]
