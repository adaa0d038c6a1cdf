"""Addresses of embeds; they have no language in them."""

from django.urls import path

from .scripts import MAP, TOPIC
from .views import embed, lists, oembed, scripts

urlpatterns = [
    path("embed/liste/", lists.topic_list, name="embed_list"),
    path("embed/carte/", lists.professionals, name="embed_map"),
    path("embed/<str:key>/", embed.embed, name="embed"),
    path("embed.js", scripts.newest, name="embed_script"),
    path("embed-<int:version>.js", scripts.published, name="embed_script_version"),
    path("embed-carte-<slug:version>.css", scripts.style, {"kind": MAP}, name="embed_style"),
    path("embed-<slug:version>.css", scripts.style, {"kind": TOPIC}, name="embed_style"),
    path("oembed", oembed.oembed, name="oembed"),
]
