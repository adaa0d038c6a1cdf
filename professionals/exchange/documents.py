"""The rows of JSON: GeoJSON (RFC 7946) and data·inclusion structures, read piece by piece."""

import codecs
import math

import ijson
from django.utils.translation import gettext as _

from .reading import FileError, Row, column_name

DEEPEST = 12  # levels
LISTS_OF_ROWS = ("features", "structures")


def json_rows(file):
    """Yield the rows of a FeatureCollection, or of a list of data·inclusion structures."""
    if file.read(3) != codecs.BOM_UTF8:
        file.seek(0)
    number = 0
    try:
        for make, item in _items(file):
            number += 1
            yield make(number, item)
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise FileError(
            _("This JSON cannot be read to its end: it is broken, or not UTF-8.")
        ) from error


def _wrong_shape():
    return FileError(
        _(
            "This JSON is neither a GeoJSON FeatureCollection nor a list of structures "
            "(data·inclusion)."
        )
    )


def _items(file):
    """Yield (what makes a Row of it, item) for each item of the list of rows. Not by
    ijson.items(): the path that it keeps to each place grows with every level."""
    depth, key, rows_at, make, builder = 0, None, None, None, None
    for event, value in ijson.basic_parse(file, use_float=True):
        opens, closes = event.startswith("start_"), event.startswith("end_")
        begins = builder is None and rows_at is not None and depth == rows_at and not closes
        if begins and not opens:
            yield make, value
            continue
        if begins:
            builder = ijson.ObjectBuilder()
        depth += opens - closes
        if depth > DEEPEST:
            raise FileError(_("This JSON is nested too deeply."))
        if builder is not None:
            builder.event(event, value)
            if depth == rows_at:
                yield make, builder.value
                builder = None
        elif rows_at is not None:
            rows_at = None if depth < rows_at else rows_at
        elif event == "start_array" and depth == 1:
            rows_at, make = 1, _structure
        elif event == "start_array" and depth == 2 and key in LISTS_OF_ROWS:
            rows_at, make = 2, {"features": _feature, "structures": _structure}[key]
        elif depth == 1 and event == "map_key":
            key = value
        elif depth == 1 and key == "type" and value != "FeatureCollection":
            raise _wrong_shape()
    if make is None:
        raise _wrong_shape()


def _feature(number, item):
    if not isinstance(item, dict) or item.get("type") != "Feature":
        return Row(number, problem=_("This is no GeoJSON Feature."))
    properties, geometry = item.get("properties"), item.get("geometry")
    if not isinstance(properties, dict):
        return Row(number, problem=_("This Feature has no properties."))
    values = {column_name(name): value for name, value in properties.items()}
    if values.get("identifiant") in (None, "") and isinstance(item.get("id"), str | int):
        values["identifiant"] = item["id"]
    if geometry is not None:
        place = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if (
            not isinstance(geometry, dict)
            or geometry.get("type") != "Point"
            or not _is_place(place)
        ):
            return Row(
                number,
                values,
                _("The geometry has to be a Point with longitude and latitude."),
            )
        values["longitude"], values["latitude"] = place[:2]
    return Row(number, values)


def _is_place(place):
    return (
        isinstance(place, list)
        and len(place) in (2, 3)
        and all(
            isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)
            for one in place
        )
    )


def _structure(number, item):
    if not isinstance(item, dict):
        return Row(number, problem=_("This is no data·inclusion structure."))
    values = {column_name(name): value for name, value in item.items()}
    source, key = values.get("source"), values.get("identifiant")
    if isinstance(source, str) and isinstance(key, str):
        # Their identifier says the source once more: "dora--17".
        values["identifiant"] = key.removeprefix(f"{source}--")
    return Row(number, values)
