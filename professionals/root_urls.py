"""Addresses of the directory's data, which have no language in them."""

from django.urls import path

from .views import map_data

urlpatterns = [
    path("carte.json", map_data.map_data, name="map_data"),
]
