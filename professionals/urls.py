"""Addresses of the directory, per language; they stand before those of pages."""

from django.urls import path

from .views import directory, entry

urlpatterns = [
    path("professionnels/", directory.directory, name="directory"),
    path("professionnels/suggestions/", directory.suggestions, name="directory_suggestions"),
    path("professionnels/<slug:slug>/", entry.professional, name="professional"),
    path("professionnels/<slug:slug>/contact.vcf", entry.contact, name="professional_contact"),
    path("professionnels/<slug:slug>/signaler/", entry.report_entry, name="professional_report"),
]
