"""What holds for every file: credit and licence, its hash, and that what is
signed can neither be changed nor deleted. A new version is a new object."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import registry


class FrozenFileError(PermissionDenied):
    """Something signed or live uses this file: it may not change."""


class FileInUseError(PermissionDenied):
    """Something uses this file: it may not be deleted."""


def sha256_of(file):
    """The SHA-256 of a Django file's bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    was_closed = file.closed
    file.open("rb")
    for chunk in file.chunks():
        digest.update(chunk)
    if was_closed:
        file.close()
    else:
        file.seek(0)
    return digest.hexdigest()


def _labels(held_by):
    return get_text_list(
        [_("“%(label)s”") % {"label": holder.label} for holder in held_by], _("and")
    )


def frozen_message(file_obj):
    """The sentence that says which signed pages keep *file_obj* as it is."""
    frozen = [holder for holder in registry.holders(file_obj) if holder.frozen]
    return _(
        "This can no longer change: it is part of what was signed in %(holders)s. "
        "Add a new file instead."
    ) % {"holders": _labels(frozen)}


def in_use_message(file_obj, held_by=None):
    """The sentence that says what keeps *file_obj* from being deleted."""
    held_by = registry.holders(file_obj) if held_by is None else held_by
    return _("“%(title)s” cannot be deleted: it is used in %(holders)s.") % {
        "title": file_obj,
        "holders": _labels(held_by),
    }


def refuse_if_held(file_obj):
    """Raise FileInUseError where something uses *file_obj*."""
    if held_by := registry.holders(file_obj):
        raise FileInUseError(in_use_message(file_obj, held_by))


class FreezableQuerySet(models.QuerySet):
    def update(self, **values):
        if set(values) & set(self.model.frozen_fields):
            for file_obj in self:
                if registry.is_frozen(file_obj.held_file):
                    raise FrozenFileError(frozen_message(file_obj.held_file))
        return super().update(**values)

    update.alters_data = True


class Freezable(models.Model):
    """A file whose *frozen_fields* stop changing once it is signed."""

    frozen_fields = ()

    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def held_file(self):
        """The object that the registry is asked about."""
        return self

    def _stored(self):
        if self._state.adding or self.pk is None:
            return None
        return type(self)._base_manager.filter(pk=self.pk).values(*self.frozen_fields).first()

    def changed_fields(self):
        """The names among *frozen_fields* that differ from the database."""
        stored = self._stored()
        if stored is None:
            return []
        return [name for name in self.frozen_fields if self._differs(name, stored[name])]

    def _differs(self, name, stored):
        value = getattr(self, self._meta.get_field(name).attname)
        if isinstance(value, models.fields.files.FieldFile):
            if value and not value._committed:
                return True
            return (value.name or "") != (stored or "")
        return value != stored

    def frozen_changes(self):
        """The changed fields that a signature forbids to change, or []."""
        changed = self.changed_fields()
        return changed if changed and registry.is_frozen(self.held_file) else []

    def save(self, *args, update_fields=None, **kwargs):
        changed = set(self.changed_fields())
        if update_fields is not None:
            update_fields = set(update_fields)
            changed &= update_fields
        if changed and registry.is_frozen(self.held_file):
            raise FrozenFileError(frozen_message(self.held_file))
        if self.file and ("file" in changed or not self.file_sha256 or not self.file._committed):
            self.file_sha256 = sha256_of(self.file)
            if update_fields is not None:
                update_fields.add("file_sha256")
        super().save(*args, update_fields=update_fields, **kwargs)


class Licence(models.TextChoices):
    FULL_RIGHTS = "full_rights", gettext_lazy("Made for this site, all rights granted")
    CC_BY = "cc_by", gettext_lazy("Creative Commons BY")
    CC_BY_SA = "cc_by_sa", gettext_lazy("Creative Commons BY-SA")
    OTHER = "other", gettext_lazy("Another licence")
