"""Addresses by which professionals register and change their entries, per language."""

from django.urls import path

from .views import changing, links, registering

urlpatterns = [
    path("inscription/", registering.register, name="register_professional"),
    path("inscription/reprendre/<str:token>/", links.register_go_on, name="register_go_on"),
    path("inscription/<str:signed>/envoye/", registering.register_sent, name="register_sent"),
    path("inscription/<str:signed>/<slug:slug>/", registering.register_step, name="register_step"),
    path("confirmer/<str:token>/", links.professional_confirm, name="professional_confirm"),
    path("modifier/", changing.change_request, name="change_request"),
    path("modifier/lien/<str:token>/", links.change_link, name="change_link"),
    path("modifier/adresse/<str:token>/", links.email_link, name="email_link"),
    path("modifier/<str:signed>/", changing.change, name="change"),
    path("modifier/<str:signed>/retirer/", changing.withdraw, name="change_withdraw"),
    path("modifier/<str:signed>/<slug:slug>/", changing.change_section, name="change_section"),
]
