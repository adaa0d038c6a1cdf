"""What a table needs that leaves the site as a file."""


def as_text(value):
    """``value`` as a cell of text: a spreadsheet would take some first characters for
    the beginning of a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
