"""Addresses of embeds; they have no language in them."""

from django.urls import path

from .views import embed

urlpatterns = [path("embed/<str:key>/", embed.embed, name="embed")]
