"""Which fields of an entry somebody looks at before their change goes out."""

# A change of one of these is reviewed: ground, name, kind, place.
REVIEWED = (
    *("name", "is_natural_person", "legal_person", "siret"),
    *("kind", "sector", "grounds", "public_body"),
    *("address", "address_more", "postal_code", "commune", "latitude", "longitude"),
)
# What else a professional may change.
AT_ONCE = (
    *("specialities", "priorities", "area_served", "opening_hours", "telephone", "email"),
    *("email_is_public", "website", "languages", "cost", "accessibility"),
    *("accessibility_words", "ages", "description", "picture", "picture_text"),
)
CHANGEABLE = frozenset({*REVIEWED, *AT_ONCE})
# Those of them that are lists of rows.
LISTS = ("priorities", "grounds")
