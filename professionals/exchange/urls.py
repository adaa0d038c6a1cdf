"""Addresses of the open data in each language."""

from django.urls import path

from . import views

urlpatterns = [
    path("professionnels/donnees/", views.about, name="open_data_about"),
]
