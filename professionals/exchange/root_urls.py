"""Addresses of the open data that have no language in them."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("professionnels.schema.json", views.schema, name="open_data_schema"),
    re_path(r"^professionnels\.(csv|geojson|json)$", views.file, name="open_data"),
]
