"""Texts that people read: gather the English ones from code and templates, and keep the
catalogues in step with them, without GNU gettext.

French has all of them. The other catalogues (each folder of site/locale/ is one) have what
parents read; the admin is in French and English alone. `make messages` adds what is new and
removes what is gone, and compiles; `make lint` and a test say what is not translated.
"""

import ast
import re

import polib
from django.utils.translation.template import templatize

from tools.templates import ROOMS, ROOT, our_templates

LOCALE = ROOT / "site" / "locale"
FRENCH = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
# What parents read: the templates of the public pages…
PUBLIC_TEMPLATES = re.compile(
    r"^templates/(([^/]+|(components|blocks)/.+|(pages|partners|partners/embed|professionals)/[^/]+"
    r"|accounts/form_from_elsewhere)\.html|professionals/mails/.+\.txt"
    r"|partners/mails/(accepted|confirm|pages|refused)\.txt)$"
)
# … and the modules that say something on them. A module that begins to is added here.
PUBLIC_MODULES = (
    "accounts/mailed_links.py",
    "pages/directory.py",
    "pages/feeds.py",
    "pages/offline.py",
    "pages/opinions.py",
    "pages/versions.py",
    "partners/assistant.py",
    "partners/forms.py",
    "partners/models/partners.py",
    "partners/offered.py",
    "partners/options.py",
    "partners/origins.py",
    "partners/public_forms.py",
    "partners/titles.py",
    "partners/views/own_page.py",
    "partners/views/requests.py",
    "professionals/forms/offer.py",
    "professionals/forms/picture.py",
    "professionals/forms/place.py",
    "professionals/forms/reasons.py",
    "professionals/forms/who.py",
    "professionals/badges/drawing.py",
    "professionals/exchange/views.py",
    "professionals/missing.py",
    "professionals/models/choices.py",
    "professionals/models/history.py",
    "professionals/models/lists.py",
    "professionals/models/professional.py",
    "professionals/moderation/mails.py",
    "professionals/names.py",
    "professionals/hours_in_words.py",
    "professionals/opening_hours.py",
    "professionals/places.py",
    "professionals/reference_directories.py",
    "professionals/siret.py",
    "professionals/states.py",
    "professionals/summary.py",
    "professionals/telephones.py",
    "professionals/views/changing.py",
    "pages/templatetags/directory_tags.py",
    "professionals/views/entry.py",
    "professionals/views/registering.py",
    "professionals/weekly_hours.py",
)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "fr",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}

# Which arguments of each function are (context, text, plural).
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS |= {f"{name}_lazy": where for name, where in FUNCTIONS.items()} | {
    "_": FUNCTIONS["gettext"]
}
CALL = re.compile(
    r"\b(n?p?gettext(?:_lazy|_noop)?|_)\(((?:[^()\"']|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')*)\)"
)


def gathered():
    """Every text to translate: {(context or None, text, plural or None): [files]}."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(), str(path))
            for key in _texts_in(tree):
                found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    for name, path in our_templates():
        # Django turns a template into Python-like calls amid X's; each call parses alone.
        for function, arguments in CALL.findall(templatize(path.read_text(), origin=name)):
            for key in _texts_in(ast.parse(f"{function}({arguments.strip()})")):
                found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found


def _texts_in(tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if function not in FUNCTIONS:
            continue
        words = [
            argument.value
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            else None
            for argument in node.args
        ]
        context, text, plural = (
            words[place] if place is not None and place < len(words) else None
            for place in FUNCTIONS[function]
        )
        if text:
            yield context, text, plural


def is_public(path):
    """Whether parents read what the file at ``path`` says."""
    return path in PUBLIC_MODULES or bool(PUBLIC_TEMPLATES.match(path))


def catalogues():
    """[(code, its file, the texts that it must have)], French first."""
    wanted = gathered()
    public = {key: paths for key, paths in wanted.items() if any(map(is_public, paths))}
    others = sorted(folder.name for folder in LOCALE.iterdir() if folder.name != "fr")
    paths = {code: LOCALE / code / "LC_MESSAGES" / "django.po" for code in others}
    return [("fr", FRENCH, wanted), *((code, path, public) for code, path in paths.items())]


def read(path):
    """The catalogue at ``path`` as it stands, or an empty one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=98)
    file = polib.POFile(wrapwidth=98)
    file.metadata = HEADER
    return file


def update():
    """Bring every catalogue in step with the code, sorted by text, and compile it."""
    for code, path, wanted in catalogues():
        _update(code, path, wanted)


def _update(code, path, wanted):
    file = read(path)
    known = {_key(entry): entry for entry in file if not entry.obsolete}
    entries = []
    for (context, text, plural), paths in sorted(wanted.items(), key=lambda item: str(item[0][1])):
        entry = known.get((context, text)) or polib.POEntry(msgid=text, msgctxt=context)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = entry.msgstr_plural or dict.fromkeys(range(_forms(file)), "")
        entry.occurrences = [(path, "") for path in sorted(set(paths))]
        entry.flags = ["python-format"] if re.search(r"%\(\w+\)", text) else []
        if code == "en":  # the texts are written in English
            entry.msgstr = "" if plural else text
            entry.msgstr_plural = {0: text, 1: plural} if plural else {}
        entries.append(entry)
    file[:] = entries
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    file.save_as_mofile(str(path.with_suffix(".mo")))
    missing = [entry for entry in file if not _complete(entry)]
    print(f"{len(file)} texts, {len(missing)} without “{code}”: {path.relative_to(ROOT)}")


def problems():
    """One line for each text that a catalogue lacks, and for files that are out of step."""
    for code, path, wanted in catalogues():
        yield from _problems(code, path, wanted)


def _problems(code, path, wanted):
    file = read(path)
    known = {_key(entry): entry for entry in file if not entry.obsolete}
    for (context, text, plural), paths in wanted.items():
        entry = known.pop((context, text), None)
        if entry is None or not _complete(entry) or (plural and not _all_forms(file, entry)):
            yield f"{paths[0]}: no “{code}” for {text!r}"
        elif _placeholders(entry.msgid) != _placeholders(_longest_form(entry)):
            yield f"{paths[0]}: the “{code}” of {text!r} has other placeholders"
    stray = set(known) - {(context, text) for context, text, _plural in wanted}
    for _context, text in stray:
        yield f"{path.relative_to(ROOT)}: nothing says {text!r} any more (make messages)"
    compiled = path.with_suffix(".mo")
    complete = [entry for entry in file if _complete(entry)]
    if not compiled.exists() or _compared(polib.mofile(str(compiled))) != _compared(complete):
        yield f"{compiled.relative_to(ROOT)}: out of step (make messages)"


def _forms(file):
    """How many forms the language of a catalogue has for numbers."""
    return int(re.search(r"nplurals\s*=\s*(\d+)", file.metadata["Plural-Forms"])[1])


def _all_forms(file, entry):
    return len(entry.msgstr_plural) == _forms(file) and all(entry.msgstr_plural.values())


def _longest_form(entry):
    # "One topic", "two topics" say their number in words.
    return entry.msgstr or max(entry.msgstr_plural.values(), key=lambda s: len(_placeholders(s)))


def _key(entry):
    return entry.msgctxt, entry.msgid


def _complete(entry):
    return entry.translated() and not entry.fuzzy


def _placeholders(text):
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))


def _compared(entries):
    return {(*_key(entry), entry.msgstr, *sorted(entry.msgstr_plural.items())) for entry in entries}


if __name__ == "__main__":
    update()
