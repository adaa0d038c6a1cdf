"""What each role may do: the one table, by permission name ("app.codename").

`manage.py sync_roles`, run after every migrate, makes the database say exactly
this. What depends on a person's workgroups is no matter of roles: see the
permission policies of `media` and `workgroups`.
"""

_access = ["wagtailadmin.access_admin"]


def _all(app, *models, actions=("add", "change", "delete", "view")):
    return [f"{app}.{action}_{model}" for model in models for action in actions]


_people = _all("accounts", "user")
_every_file = _all(
    "media", "illustration", "recording", actions=("add", "change", "delete", "choose")
)
_groups = _all("workgroups", "workgroup", "membership")
_shared_content = [
    *_all("pages", "stage"),
    *_all("pages", "helpnumber", actions=("add", "change", "view")),
    *_all("pages", "fruitlessword", actions=("view",)),
    *_all("pages", "publicservice"),
]
_directory = [
    *_all("professionals", "professional", actions=("change", "view")),
    *_all("professionals", "contact", "evidence", "note"),
    *_all("professionals", "entryreport", actions=("change", "view")),
    *_all("professionals", "entryevent", actions=("view",)),
    *_all("professionals", "decisionmail"),
    *_all("professionals", "importrun", actions=("add", "view")),
]
_partners = _all("partners", "partner", "partnerorigin", actions=("add", "change", "view"))
_coordinator = [*_access, *_people, *_every_file, *_groups, *_shared_content]
_site = [
    *_all("wagtailcore", "locale"),
    *_all("wagtailcore", "site", actions=("add", "change", "view")),
    *_all("professionals", "directorysettings", actions=("change",)),
]

ROLE_PERMISSIONS = {
    "author": _access,
    "illustrator": _access,
    "signatory": _access,
    "translator": _access,
    "coordinator": _coordinator,
    "directory_moderator": [*_access, *_directory],
    "partner_manager": [*_access, *_partners],
    "administrator": [*_coordinator, *_site, *_directory, *_partners],
}
