"""Model fields whose files stay as they are once they are signed."""

from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from .rules import sha256_of


class KeptFile:
    """Refuses, before a byte is touched, what would delete or overwrite the file
    of a model that is frozen (see media.rules.Freezable)."""

    def delete(self, save=True):
        self._refuse_if_frozen()
        super().delete(save)

    delete.alters_data = True

    def save(self, name, content, save=True):
        self._refuse_if_frozen()
        if self.field.prepare:
            content = self.field.prepare(content)
        super().save(name, content, save)

    save.alters_data = True

    def open(self, mode="rb"):
        if set(mode) & set("wax+"):
            self._refuse_if_frozen()
        return super().open(mode)

    def _refuse_if_frozen(self):
        if self and self.instance.pk:
            self.instance.refuse_if_frozen()


class KeptFieldFile(KeptFile, FieldFile):
    pass


class KeptImageFieldFile(KeptFile, WagtailImageFieldFile):
    pass


class PreparingField:
    """Brings a new file into the shape in which it is kept, by *prepare*(file) → file."""

    def __init__(self, *args, prepare=None, **kwargs):
        self.prepare = prepare
        super().__init__(*args, **kwargs)


class KeptFileField(PreparingField, models.FileField):
    attr_class = KeptFieldFile

    def deconstruct(self):
        """The database knows a path alone: a migration has nothing to do."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class KeptImageField(PreparingField, WagtailImageField):
    attr_class = KeptImageFieldFile

    def deconstruct(self):
        """See KeptFileField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


class HashOfFileField(models.CharField):
    """The SHA-256 of the model's ``file``, written when the row is made and never
    after, whether by save() or with many in one query."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 64, "blank": True, "editable": False, **kwargs})

    def pre_save(self, model_instance, add):
        if add:
            setattr(model_instance, self.attname, sha256_of(model_instance.file))
        return super().pre_save(model_instance, add)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
