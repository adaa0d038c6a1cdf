"""Addresses of embeds; they have no language in them."""

from django.urls import path, re_path

from .scripts import MAP, TOPIC
from .views import embed, lists, oembed, scripts, topics

urlpatterns = [
    path("embed/liste/", lists.topic_list, name="embed_list"),
    path("embed/carte/", lists.professionals, name="embed_map"),
    path("embed/<str:key>/", embed.embed, name="embed"),
    # A line that lost something on its way stands in a frame, too.
    re_path(r"^embed/(?:[\s\S]*/)?\Z", topics.no_embed),
    path("sujet/<str:key>/", topics.by_key, name="topic_by_key"),
    path("embed.js", scripts.newest, name="embed_script"),
    path("embed-<int:version>.js", scripts.published, name="embed_script_version"),
    path("embed-carte-<slug:version>.css", scripts.style, {"kind": MAP}, name="embed_style"),
    path("embed-<slug:version>.css", scripts.style, {"kind": TOPIC}, name="embed_style"),
    path("oembed", oembed.oembed, name="oembed"),
]
