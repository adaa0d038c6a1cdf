"""What no browser that shows the editor sends: refused before Wagtail fails on
it, or counts to a hundred million."""

from django.core.exceptions import BadRequest
from django.forms import ModelChoiceField
from wagtail.blocks.base import BlockField

from .gate import is_number_of_a_row


def refuse_what_no_browser_sends(form):
    """Raises BadRequest where a choice of the bound ``form`` is no number of a
    row, or where a list of blocks does not hold what it says it holds."""
    counts = [form.data[key] for key in form.data if key.endswith("-count")]
    if not all(is_number_of_a_row(count) and int(count) <= len(form.data) for count in counts):
        raise BadRequest("A list of blocks whose count is wrong.")
    for name, field in form.fields.items():
        if not isinstance(field, BlockField | ModelChoiceField) or field.disabled:
            continue
        try:
            value = form[name].data
        except (LookupError, ValueError, TypeError) as error:
            raise BadRequest(f"What {name} holds cannot be read.") from error
        if isinstance(field, ModelChoiceField):
            _refuse_no_rows(value)


def _refuse_no_rows(value):
    """``value`` is what one choice or many gave: text, a list of it, or nothing."""
    chosen = value if isinstance(value, list | tuple) else [value]
    if not all(is_number_of_a_row(each) for each in chosen if each not in ("", None)):
        raise BadRequest("A choice that is no number.")
