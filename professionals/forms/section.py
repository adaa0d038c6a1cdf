"""What every section of the form of an entry has."""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from professionals.changes import Change, apply_change, not_checked
from professionals.models import Professional
from professionals.reviewed import LISTS


@dataclass(frozen=True)
class Group:
    """Fields that stand together: under a *heading*, if there is one, where one *folds* them
    away, unless there is something in them to see; with a *map* (place.PointMap) where they are
    a point."""

    heading: str | None
    fields: list
    folds: bool
    is_open: bool
    map: object = None


class SectionForm(forms.Form):
    """One section. *version*: the Professional that says what stands in it, that which waits
    for a moderator if one does. *slug* stands in addresses; *title* is its heading."""

    slug = ""
    title = ""
    own = ()  # those of its fields that an entry has under the same name
    needed = ()  # those of its fields that are asked for though another one may do instead
    use_required_attribute = False  # the server says it, in the language of the page

    def __init__(self, data=None, files=None, *, version=None):
        self.version = version or Professional()
        super().__init__(data, files, initial=self.said_by(self.version), label_suffix="")
        for field in self.fields.values():
            if isinstance(field.widget, (forms.TextInput, forms.Textarea)):
                # "25 rue des Lilas" reads so on an Arabic page, too.
                field.widget.attrs.setdefault("dir", "auto")

    def said_by(self, version):
        """What stands in the fields at first."""
        if version.pk is None:
            return {}
        return {
            name: [row.pk for row in getattr(version, name).all()]
            if name in LISTS
            else getattr(version, name)
            for name in self.own
        }

    def _post_clean(self):
        """Where a field is wrong, the entry says at once what else is: nobody mends one thing to be
        told of the next. A place is right or wrong as a whole: save() says so."""
        super()._post_clean()
        if not self.errors or "commune" in self.own:
            return
        entry = copy(self.version)
        names = {n for n in self.own if isinstance(self.cleaned_data.get(n), str)}
        for name in names:
            setattr(entry, name, self.cleaned_data[name])
        try:
            entry.full_clean(not_checked(names), validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                if name in names and name in self.fields:
                    self.add_error(name, errors)

    def values(self):
        """{name: value} of what goes on the entry, for apply_change()."""
        return {name: self.cleaned_data[name] for name in self.own if name in self.fields}

    def save(self, entry, by):
        """Put a valid section on a stored entry: the Change; None where the entry refuses it,
        and then the errors stand at their fields and nothing is changed."""
        # Before the transaction: it may ask another server.
        return self._put(entry, self.values(), by)

    def _put(self, entry, values, by):
        try:
            with transaction.atomic():
                change = apply_change(entry, values, by) if values else Change(entry)
                self.save_more(change.entry, by)
        except ValidationError as error:
            self.refuse(error)
            return None
        return change

    def try_out(self, entry, by):
        """Let the errors of what was typed earlier stand at their fields: nothing is changed."""
        if self.is_bound and self.is_valid():
            values = self.values()
            with transaction.atomic():
                self._put(entry, values, by)
                transaction.set_rollback(True)

    def save_more(self, entry, by):
        """What goes elsewhere than on the entry itself."""

    def keep_files(self, entry):
        """Keep the good files of a section of which something else could not be taken: nobody
        should have to find them again. Whether there were any."""
        return False

    def refuse(self, error):
        """Put a ValidationError of the entry at the fields of this section."""
        for name, errors in error.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, errors)

    def groups(self):
        """The fields as people read them: Groups."""
        return [self.group(None, self.fields)]

    def group(self, heading, names, *, folds=False):
        """The Group of the fields *names*, those that this form does not have left out."""
        fields = [self[name] for name in names if name in self.fields]
        is_open = any(field.errors or field.value() for field in fields)
        return Group(heading, fields, folds, is_open)
