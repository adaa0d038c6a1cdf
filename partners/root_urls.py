"""Addresses of embeds; they have no language in them."""

from django.urls import path

from .views import embed, lists, oembed

urlpatterns = [
    path("embed/liste/", lists.topic_list, name="embed_list"),
    path("embed/carte/", lists.professionals, name="embed_map"),
    path("embed/<str:key>/", embed.embed, name="embed"),
    path("oembed", oembed.oembed, name="oembed"),
]
