"""Addresses of partners' own pages, per language; they stand before those of pages."""

from django.urls import path

from .views import own_page, requests

urlpatterns = [
    path("", own_page.page_request, name="partner_page_request"),
    path("demande/", requests.partner_request, name="partner_request"),
    path("demande/confirmer/<str:token>/", requests.partner_confirm, name="partner_confirm"),
    path("lien/<str:token>/", own_page.page_link, name="partner_link"),
    path("page/<str:signed>/", own_page.page, name="partner_page"),
    path("page/<str:signed>/vues.csv", own_page.page_csv, name="partner_page_csv"),
]
