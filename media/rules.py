"""What holds for every file: credit and licence, its hash, and that what is
signed can neither be changed nor deleted. A new version is a new object."""

import hashlib
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import registry
from .failures import delete_on_commit


class FrozenFileError(PermissionDenied):
    """Something signed or live uses this file: it may not change."""


class FileInUseError(PermissionDenied):
    """Something uses this file: it may not be deleted."""


def sha256_of(file):
    """The SHA-256 of a model's file, stored or just given, as 64 hexadecimal digits."""
    if file._committed:
        with file.storage.open(file.name, "rb") as stored:
            return _sha256_of_chunks(stored)
    file.seek(0)
    digest = _sha256_of_chunks(file)
    file.seek(0)
    return digest


def _sha256_of_chunks(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _labels(held_by, user):
    """What *user* may know of *held_by*, and how many others there are; without
    a user, as in code, all of them."""
    told = [holder.label for holder in held_by if user is None or holder.told_to(user)]
    if others := len(held_by) - len(told):
        text = ngettext(
            "%(count)d place that you do not see", "%(count)d places that you do not see", others
        )
        told.append(text % {"count": others})
    return get_text_list(told, _("and"))


def frozen_message(file_obj, user=None):
    """The sentence that tells *user* which signed pages keep *file_obj* as it is."""
    frozen = [holder for holder in registry.holders(file_obj) if holder.frozen]
    return _(
        "This can no longer change: it is part of what was signed in %(holders)s. "
        "Add a new file instead."
    ) % {"holders": _labels(frozen, user)}


def in_use_message(file_obj, held_by=None, user=None):
    """The sentence that tells *user* what keeps *file_obj* from being deleted."""
    held_by = registry.holders(file_obj) if held_by is None else held_by
    return _("“%(title)s” cannot be deleted: it is used in %(holders)s.") % {
        "title": file_obj,
        "holders": _labels(held_by, user),
    }


def refuse_if_held(file_obj):
    """Raise FileInUseError where something uses *file_obj*."""
    if held_by := registry.holders(file_obj):
        raise FileInUseError(in_use_message(file_obj, held_by))


def file_names(model):
    """The names of the model's fields that hold a file."""
    return {field.name for field in model._meta.fields if isinstance(field, models.FileField)}


class FreezableQuerySet(models.QuerySet):
    def update(self, **values):
        changed = set(values) & set(self.model.frozen_fields)
        if not changed:
            return super().update(**values)
        with transaction.atomic():
            affected = list(self)
            for file_obj in affected:
                file_obj.hold()
                file_obj.refuse_if_frozen()
            replaced = [old for file_obj in affected for old in file_obj.files_among(changed)]
            count = super().update(**values)
            if changed & file_names(self.model):
                self._read_again([file_obj.pk for file_obj in affected])
            for storage, name in replaced:
                delete_on_commit(storage, name)
        return count

    def _read_again(self, ids):
        """What is known of the files of these rows was true of others."""
        for file_obj in self.model.objects.filter(pk__in=ids):
            file_obj.file_is_another()
            file_obj.save()

    update.alters_data = True

    def delete(self):
        for file_obj in self:
            refuse_if_held(file_obj.held_file)
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class Freezable(models.Model):
    """A file whose *frozen_fields* stop changing once it is signed."""

    frozen_fields = ("file", "file_sha256")

    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        changed = set(self.changed_fields())
        if update_fields is not None:
            update_fields = set(update_fields)
            changed &= update_fields
        with transaction.atomic():
            self._save_unless_frozen(changed, update_fields, args, kwargs)

    def _save_unless_frozen(self, changed, update_fields, args, kwargs):
        self.hold()
        if changed:
            self.refuse_if_frozen()
        self._prepare_new_files()
        if self.file and ("file" in changed or not self.file_sha256 or not self.file._committed):
            told = self.file_is_another()
            if update_fields is not None:
                update_fields |= told
        # No row names them any more: nobody can fetch them, and they need not stay.
        replaced = self._stored_file_names(changed)
        super().save(*args, update_fields=update_fields, **kwargs)
        for storage, name in replaced:
            delete_on_commit(storage, name)

    def files_among(self, names):
        """The (storage, name) of its files in the fields *names*, as it knows them."""
        files = [getattr(self, name) for name in file_names(type(self)) & set(names)]
        return [(file.storage, file.name) for file in files if file]

    def _stored_file_names(self, changed):
        """The same, as the database knows them."""
        if not file_names(type(self)) & changed:
            return []
        stored = type(self)._base_manager.filter(pk=self.pk).first()
        return stored.files_among(changed) if stored else []

    def _prepare_new_files(self):
        """Before their hashes are taken: what is signed is what is kept."""
        for field in self._meta.fields:
            file = getattr(self, field.attname)
            if getattr(field, "prepare", None) and file and not file._committed:
                prepared = field.prepare(file)
                if prepared is not file:
                    setattr(self, field.attname, prepared)

    def file_is_another(self):
        """Write down what is known of the file that it has now, in the fields
        whose names are returned as a set. A model adds its own."""
        self.file_sha256 = sha256_of(self.file)
        return {"file_sha256"}

    def hold(self):
        """Lock it until the transaction ends: nobody signs the file while it changes."""
        list(type(self.held_file).objects.select_for_update().filter(pk=self.held_file.pk))

    def refuse_if_frozen(self):
        """Raise FrozenFileError where something signed or live uses it."""
        if self.is_frozen():
            raise FrozenFileError(frozen_message(self.held_file))

    def delete(self, *args, **kwargs):
        refuse_if_held(self.held_file)
        return super().delete(*args, **kwargs)

    def stored_files(self):
        """Every stored file that belongs to it, each with the SHA-256 it is known by."""
        yield self.file, self.file_sha256

    @property
    def held_file(self):
        """The object that the registry is asked about."""
        return self

    def is_frozen(self):
        """Whether something signed or live uses it."""
        return registry.is_frozen(self.held_file)

    def _stored(self):
        """The database's *frozen_fields*, or None for what is not stored yet."""
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
        return changed if changed and self.is_frozen() else []


# A licence that ends within so long is said to end soon.
LICENCE_ENDS_SOON = timedelta(days=90)


class Licence(models.TextChoices):
    FULL_RIGHTS = "full_rights", gettext_lazy("Made for this site, all rights granted")
    CC_BY = "cc_by", gettext_lazy("Creative Commons BY")
    CC_BY_SA = "cc_by_sa", gettext_lazy("Creative Commons BY-SA")
    OTHER = "other", gettext_lazy("Another licence")
