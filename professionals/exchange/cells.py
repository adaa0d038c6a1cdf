"""Free text in cells of a spreadsheet, where "=", "+", "-" and "@" begin a formula.

On the way out such a text gets an apostrophe before it, and loses it on the way in; each text
reads back as it was, those too that began with an apostrophe themselves.
"""

import re

# Spreadsheets look behind white space, and full-width signs are signs to some.
_DANGEROUS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def safe_text(text):
    """*text* as it stands in a cell without meaning anything."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def text_of(cell):
    """The text that safe_text() made a cell of; what it did not change is left as it is."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell[1:]) else cell
