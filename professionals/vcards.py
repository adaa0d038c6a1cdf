"""An entry as a vCard 3.0 (RFC 2426), which telephones of every age take."""

LONGEST_LINE = 75  # bytes


def vcard(entry, url):
    """The vCard of a PublicEntry as text; *url*: the full address of its page."""
    lines = [
        ("BEGIN", "VCARD"),
        ("VERSION", "3.0"),
        ("UID", _escaped(url)),
        ("FN", _escaped(entry.name)),
        ("N", f"{_escaped(entry.name)};;;;"),
        ("ORG", _escaped(entry.legal_person or ("" if entry.is_natural_person else entry.name))),
        ("TITLE", _escaped(entry.kind)),
        ("TEL;TYPE=WORK,VOICE", entry.telephone),
        ("EMAIL;TYPE=INTERNET", _escaped(entry.email)),
        ("ADR;TYPE=WORK", _address(entry)),
        ("GEO", _place(entry)),
        ("URL", _escaped(entry.website)),
        ("SOURCE", _escaped(url)),
        ("NOTE", _escaped(entry.specialities)),
    ]
    if entry.changed_at:
        lines.append(("REV", f"{entry.changed_at:%Y-%m-%dT%H:%M:%SZ}"))
    lines.append(("END", "VCARD"))
    return "".join(_folded(f"{name}:{value}") for name, value in lines if value)


def _address(entry):
    street = _escaped(", ".join(entry.address))
    return f";;{street};{_escaped(entry.town)};;{entry.postal_code};France"


def _place(entry):
    if entry.point is None or not entry.point_is_exact:
        return ""
    return f"{entry.point.latitude:.6f};{entry.point.longitude:.6f}"


def _escaped(text):
    """*text* in which nothing ends a value or a line."""
    text = text.replace("\\", "\\\\")
    for sign in ",;":
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line):
    """The line as lines of at most LONGEST_LINE bytes, between whole letters."""
    parts, current, size = [], "", 0
    for letter in line:
        long = len(letter.encode())
        if size + long > LONGEST_LINE:
            parts.append(current)
            current, size = " ", 1
        current, size = current + letter, size + long
    return "\r\n".join([*parts, current]) + "\r\n"
