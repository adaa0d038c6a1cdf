"""Every address of the admin, filled in so that it asks for one topic.

An address with a parameter that nothing here fills in is an error: whoever adds
a view says here how it would be asked for somebody else's topic.
"""

from itertools import chain
from urllib.parse import urlencode

from django.urls import get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

# These show an error page on purpose, or end the session.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailadmin_logout"}


class Literal(str):
    """Stands in the address as it is, where other words stand for a number."""

    __slots__ = ()


# What a parameter's name stands for at every address that has it.
BY_NAME = {
    "page_id": "page",
    "page_pk": "page",
    "parent_page_id": "page",
    "page_to_move_id": "page",
    "destination_id": "own_theme",
    "revision_id": "revision",
    "revision_id_a": "earliest",
    "revision_id_b": "revision",
    "task_state_id": "task_state",
    "task_id": "task",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow_state",
    "translation_source_id": "translation_source",
    "translation_id": "translation",
    "string_segment_id": "segment",
    "overridable_segment_id": "segment",
    "brief_id": "brief",
    "version_id": "version",
    "pin_id": "pin",
    "upload": "upload",
    "collection_id": "collection",
    "image_id": "picture",
    "media_id": "film",
    "media_type": Literal("video"),
    "document_id": "none",
    "doc_id": "none",
    "uploaded_file_id": "none",
    "meeting_id": "meeting",
    "decision_id": "decision",
    "hours_id": "hours",
    "remark_id": "remark",
    "session_id": "session",
    "workgroup_id": "workgroup",
    "redirect_id": "none",
    "run_id": "none",
    "evidence_pk": "none",
    "about": Literal("accepted"),
    "language": Literal("fr"),
    "decision": Literal("accept"),
    "object_id": "page",
    "content_type_app_name": Literal("pages"),
    "content_type_model_name": Literal("topicpage"),
    "app_label": Literal("pages"),
    "app_name": Literal("pages"),
    "model_name": Literal("topicpage"),
    "action_name": Literal("approve"),
    "filter_spec": Literal("max-100x100"),
    "mode": Literal("default"),
    "name": Literal("none"),
    "uidb64": Literal("MQ"),
    "token": Literal("none"),
}

# What `pk` stands for, by namespace.
PK = {
    "": "none",  # the directory's
    "wagtailsnippets_professionals_professional": "none",
    "wagtailsnippetchoosers_professionals_professional": "none",
    "wagtailadmin_api:pages": "page",
    "wagtailadmin_api:images": "picture",
    "wagtailadmin_api:documents": "none",
    "wagtailadmin_pages": "page",
    "wagtailadmin_collections": "collection",
    "wagtailadmin_workflows": "workflow",
    "wagtail_localize": "stage",
    "wagtailsettings": "none",
    "wagtailimages_chooser": "picture",
    "wagtaildocs_chooser": "none",
    "help_number": "none",
    "partner": "none",
    "public_service": "service",
    "stage": "stage",
    "workgroup": "workgroup",
    "wagtaillocales": "locale",
    "wagtailsites": "site",
    "wagtailusers_users": "writer",
    "wagtailusers_groups": "none",
}


def literals(**words):
    return {name: Literal(word) for name, word in words.items()}


# Addresses that do different things by a word in them; see also bulk_actions().
WORDS = {
    "wagtailadmin_api:pages:action": [
        literals(action_name=name)
        for name in ("convert_alias", "copy", "delete", "publish", "unpublish", "move",
                     "revert_to_page_revision", "create_alias", "copy_for_translation")
    ],
    "wagtailadmin_tag_model_autocomplete": [literals(app_name="taggit", model_name="tag")],
    "wagtailadmin_pages:workflow_action": [
        literals(action_name=n) for n in ("approve", "reject")
    ],
    "wagtailadmin_explore": [{}, {"parent_page_id": "theme"}],
    "wagtailadmin_explore_results": [{}, {"parent_page_id": "theme"}],
    "wagtailadmin_choose_page_child": [{}, {"parent_page_id": "theme"}],
    "wagtailadmin_pages:add": [{}, {"parent_page_id": "theme"}],
    "wagtailadmin_pages:move_confirm": [
        {},
        {"page_to_move_id": "own_page", "destination_id": "page"},
    ],
    "editorial_translations": [{}, {"page_id": "english"}],
    "editorial_translate": [{}, {"page_id": "english"}],
    "pages_easy_version": [{}, {"page_id": "easy"}],
    "pages_opinions": [{}, {"page_id": "easy"}, {"page_id": "english"}],
}  # fmt: skip


def bulk_actions():
    """The words of each bulk action there is, on any model."""
    bulk_action_registry._scan_for_bulk_actions()
    return [
        literals(app_label=app, model_name=model, action=action)
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    ]


def _patterns(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from _patterns(pattern, inner)
        elif pattern.name:
            name = ":".join(filter(None, (namespace, pattern.name)))
            yield namespace, name, pattern.pattern


def admin_views():
    """(namespace, name, names of the parameters) of every named admin view."""
    admin = [p for p in get_resolver().url_patterns if str(p.pattern) == "admin/"]
    seen = {}
    for namespace, name, pattern in chain.from_iterable(_patterns(part) for part in admin):
        seen[name, tuple(sorted(pattern.regex.groupindex))] = namespace
    return [(ns, name, params) for (name, params), ns in seen.items() if name not in LEFT_OUT]


def addresses(target):
    """Yield (name, url) for every admin view, asked for ``target``: a dict
    from the words of the tables above to what stands in the address.

    Raises KeyError, naming the view, where a parameter is new.
    """
    for namespace, name, params in admin_views():
        choices = bulk_actions() if name == "wagtail_bulk_action" else WORDS.get(name, [{}])
        for words in choices:
            arguments = {}
            for param in params:
                table = PK if param == "pk" else BY_NAME
                key = namespace if param == "pk" else param
                if param not in words and key not in table:
                    raise KeyError(f"{name}: say in {__name__} what “{param}” stands for")
                word = words.get(param) or table[key]
                arguments[param] = word if isinstance(word, Literal) else target[word]
            try:
                yield name, reverse(name, kwargs=arguments)
            except Exception as error:
                raise KeyError(f"{name} {arguments}: {error}") from error


def queries(name, target):
    """The query strings with which an address might tell something, the most
    telling one first."""
    if "tag" in name and "autocomplete" in name:
        yield urlencode({"term": target["tag"]})
        return
    if "bulk" in name:
        every_one = [target[kind] for kind in ("page", "own_page", "picture")]
        yield urlencode({"id": every_one}, doseq=True)
        yield urlencode({"id": "all", "childOf": target["theme"]})
        yield urlencode({"id": "all", "q": target["word"]})
        return
    yield urlencode({"q": target["word"]} if "search" in name else {})
    if name.startswith("wagtailadmin_api"):
        for query in ({"search": target["word"]}, {"child_of": target["theme"]}, {"fields": "*"},
                      {"translation_of": target["page"]}, {"id": target["page"]},
                      {"html_path": target["path"]}):  # fmt: skip
            yield urlencode(query)
        return
    yield urlencode({"id": target["page"]})
    yield urlencode({"q": target["word"]})
    yield urlencode({"childOf": target["theme"], "page_type": "pages.topicpage"})
