"""Texts that people read: gather the English ones from code and templates, and keep the
French file in step with them, without GNU gettext.

`make messages` adds what is new and removes what is gone, and compiles; `make lint` and a
test say what is not translated.
"""

import ast
import re

import polib
from django.utils.translation.template import templatize

from tools.templates import ROOMS, ROOT, our_templates

FRENCH = ROOT / "site" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
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


def french():
    """The French file as it stands, or an empty one."""
    if FRENCH.exists():
        return polib.pofile(str(FRENCH), wrapwidth=98)
    file = polib.POFile(wrapwidth=98)
    file.metadata = HEADER
    return file


def update():
    """Bring the French file in step with the code, sorted by text, and compile it."""
    wanted = gathered()
    file = french()
    known = {_key(entry): entry for entry in file if not entry.obsolete}
    entries = []
    for (context, text, plural), paths in sorted(wanted.items(), key=lambda item: str(item[0][1])):
        entry = known.get((context, text)) or polib.POEntry(msgid=text, msgctxt=context)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
        entry.occurrences = [(path, "") for path in sorted(set(paths))]
        entry.flags = ["python-format"] if re.search(r"%\(\w+\)", text) else []
        entries.append(entry)
    file[:] = entries
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(FRENCH))
    file.save_as_mofile(str(FRENCH.with_suffix(".mo")))
    missing = [entry for entry in file if not _complete(entry)]
    print(f"{len(file)} texts, {len(missing)} without French: {FRENCH.relative_to(ROOT)}")


def problems():
    """One line for each text that is not in French, and for files that are out of step."""
    known = {_key(entry): entry for entry in french() if not entry.obsolete}
    wanted = gathered()
    for (context, text, _plural), paths in wanted.items():
        entry = known.pop((context, text), None)
        if entry is None or not _complete(entry):
            yield f"{paths[0]}: no French for {text!r}"
        elif _placeholders(entry.msgid) != _placeholders(entry.msgstr or entry.msgstr_plural[1]):
            yield f"{paths[0]}: the French of {text!r} has other placeholders"
    stray = set(known) - {(context, text) for context, text, _plural in wanted}
    for _context, text in stray:
        yield f"{FRENCH.relative_to(ROOT)}: nothing says {text!r} any more (make messages)"
    compiled = FRENCH.with_suffix(".mo")
    complete = [entry for entry in french() if _complete(entry)]
    if not compiled.exists() or _compared(polib.mofile(str(compiled))) != _compared(complete):
        yield f"{compiled.relative_to(ROOT)}: out of step (make messages)"


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
