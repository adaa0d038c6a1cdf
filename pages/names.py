"""What is named once for the whole site, and read in each of its languages: stages, help
numbers. The names stand with their object, so that reading them asks nothing."""

from django import forms
from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _


def other_languages():
    """[(code, name)] of the languages besides that in which everything is written first."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class NamesWidget(forms.Widget):
    """One line per name and language."""

    def __init__(self, names, **kwargs):
        super().__init__(**kwargs)
        self.names = names  # [(name of the field, its label)]

    def render(self, name, value, attrs=None, renderer=None):
        given = value or {}
        languages = [
            {
                "code": code,
                "label": label,
                "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
                "lines": [
                    {
                        "name": f"{name}-{code}-{field}",
                        "label": text,
                        "value": given.get(code, {}).get(field, ""),
                    }
                    for field, text in self.names
                ],
            }
            for code, label in other_languages()
        ]
        return render_to_string("pages/admin/names.html", {"languages": languages})

    def value_from_datadict(self, data, files, name):
        found = {}
        for code, _label in other_languages():
            lines = {
                field: " ".join(data.get(f"{name}-{code}-{field}", "").split())
                for field, _text in self.names
            }
            if kept := {field: text for field, text in lines.items() if text}:
                found[code] = kept
        return found

    def value_omitted_from_data(self, data, files, name):
        return not any(key.startswith(f"{name}-") for key in data)


class NamesFormField(forms.Field):
    def __init__(self, *, lengths, **kwargs):
        super().__init__(**kwargs)
        self.lengths = lengths  # {name of the field: characters at most}

    def has_changed(self, initial, data):
        return (initial or {}) != (data or {})

    def clean(self, value):
        for lines in value.values():
            for field, text in lines.items():
                if len(text) > self.lengths[field]:
                    raise forms.ValidationError(
                        _("“%(text)s” is too long: %(number)d characters at most.")
                        % {"text": text, "number": self.lengths[field]}
                    )
        return value


class NamesInLanguages(models.JSONField):
    """{language: {name of a field: what it says in that language}} for the text fields
    ``names`` of the same model; what lacks is not there."""

    def __init__(self, *args, names=(), **kwargs):
        self.names = names
        kwargs = {"default": dict, "blank": True, **kwargs}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        fields = [self.model._meta.get_field(name) for name in self.names]
        return NamesFormField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=False,
            initial=dict,
            lengths={field.name: field.max_length for field in fields},
            widget=NamesWidget([(field.name, field.verbose_name) for field in fields]),
        )


def said(thing, name, language=None):
    """(what the field ``name`` of ``thing`` says, the code of the language in which it does):
    in the language being read or, where it has no name there, as it was first written."""
    language = language or get_language()
    text = thing.in_languages.get(language, {}).get(name)
    return (text, language) if text else (getattr(thing, name), settings.LANGUAGE_CODE)


def as_text(names):
    """All of a NamesInLanguages in one line, for people who compare two."""
    return " · ".join(
        f"{code}: {', '.join(lines.values())}" for code, lines in sorted((names or {}).items())
    )
