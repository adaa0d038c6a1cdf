"""Addresses of the pages for institutions, per language."""

from django.urls import path

from .views import pages

urlpatterns = [
    path("integrer/", pages.assistant, name="partner_assistant"),
    path("aide/", pages.instructions, name="partner_instructions"),
]
