"""Model fields of the pages."""

from wagtail.fields import StreamField
from wagtail_localize.fields import BaseTranslatableField


class MigrationFreeStreamField(StreamField):
    """A StreamField whose block definitions stay out of migrations.

    The database only knows one JSON column, so a migration has nothing to do
    when a block changes; without this, every changed label would write one.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        """Return the field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class OwnInEachLanguage(BaseTranslatableField):
    """For `override_translatable_fields`: a field that a translation neither gets from its
    source nor translates. Named in `exclude_fields_in_copy` too, it begins empty."""
