"""A small table, whose every cell is an ordinary text that can be translated."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from .sentences import SentenceBlock


class RowBlock(StructBlock):
    """One line: what it is about, and a cell for each further column."""

    heading = CharBlock(max_length=80, label=gettext_lazy("What this line is about"))
    cells = ListBlock(
        SentenceBlock(max_length=160, label=gettext_lazy("Cell")),
        max_num=4,
        label=gettext_lazy("Cells, from the second column on"),
    )

    class Meta:
        icon = "rows"
        label = gettext_lazy("Line")
        label_format = "{heading}"


class TableBlock(StructBlock):
    """Two to five columns with their headings, up to twenty lines."""

    caption = SentenceBlock(max_length=160, label=gettext_lazy("What the table shows"))
    columns = ListBlock(
        CharBlock(max_length=40, label=gettext_lazy("Heading of a column")),
        min_num=2,
        max_num=5,
        label=gettext_lazy("Columns"),
        help_text=gettext_lazy("From left to right; the first one names the lines."),
    )
    rows = ListBlock(RowBlock(), min_num=1, max_num=20, label=gettext_lazy("Lines"))

    class Meta:
        icon = "table"
        label = gettext_lazy("Table")
        label_format = "{caption}"
        template = "blocks/table.html"
        preview_value = {
            "caption": "Combien dort un tout-petit, sur un jour et une nuit",
            "columns": ["Son âge", "Son sommeil"],
            "rows": [
                {"heading": "0-3 mois", "cells": ["14 à 17 heures"]},
                {"heading": "4-11 mois", "cells": ["12 à 16 heures"]},
                {"heading": "1-2 ans", "cells": ["11 à 14 heures"]},
            ],
        }
        description = gettext_lazy("A few figures to compare, in lines and columns.")

    def clean(self, value):
        """As Wagtail's; each line has a cell for each column."""
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        cells = len(value["columns"]) - 1
        for number, row in enumerate(value["rows"], start=1):
            if len(row["cells"]) != cells:
                message = _("Line %(number)d has %(found)d cells; it needs %(needed)d.") % {
                    "number": number,
                    "found": len(row["cells"]),
                    "needed": cells,
                }
                problem = ListBlockValidationError(non_block_errors=[message])
                raise StructBlockValidationError(block_errors={"rows": problem})
        return value
