"""Addresses of the admin that Wagtail answers before its hooks are asked."""

from django.urls import path

from .views import complete_tag

urlpatterns = [
    path("tag-autocomplete/", complete_tag),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", complete_tag),
]
