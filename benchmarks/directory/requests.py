"""What is asked: kinds of requests, each at several places where many people live."""

import random
from dataclasses import dataclass
from itertools import accumulate

ROUNDS = 20
# Of a map as wide and high as ours on a desktop, in tiles of 256 pixels.
WIDE, HIGH = 2.5, 2.0
COUNTED = {"type": ["laep", "mode-accueil"], "priorite": ["accueillir", "accompagner"]}
COUNTED |= {"secteur": ["familles"]}
WHOLE_FRANCE = (-5.3, 41.2, 9.7, 51.2)


@dataclass(frozen=True)
class Kind:
    """*target*: milliseconds by vendor; *asks*: (address, parameters) each."""

    name: str
    target: dict
    asks: list


def kinds(communes):
    """Every Kind of request, at *communes*: (latitude, longitude, population, name, code)."""
    chance = random.Random(11)  # noqa: S311
    reach = list(accumulate(row[2] for row in communes))
    places = chance.choices(communes, cum_weights=reach, k=ROUNDS)
    counted, mixed = {"sqlite": 10, "postgresql": 10}, {"sqlite": 300, "postgresql": 80}
    near = {"sqlite": 30, "postgresql": 15}
    views = [
        ("country, zoom 6", lambda _place: (WHOLE_FRANCE, 6)),
        ("region, zoom 9", lambda place: (box(place, 9), 9)),
        ("city, zoom 12", lambda place: (box(place, 12), 12)),
        ("quarter, zoom 14", lambda place: (box(place, 14), 14)),
        ("street, zoom 17", lambda place: (box(place, 17), 17)),
    ]
    found = []
    for words, more, target in (
        ("", {}, counted),
        (", kinds, priorities, sector", COUNTED, counted),
        (", words", {"q": "allait"}, mixed),
        (", open now", {"ouvert": "1"}, mixed),
        (", words, open now, kinds", {**COUNTED, "q": "allait", "ouvert": "1"}, mixed),
    ):
        for name, view in views:
            found.append(Kind(f"map, {name}{words}", target, [_map(view(p), more) for p in places]))
    two = {"type": ["mode-accueil"], "priorite": ["accueillir"]}
    for name, km, more in (
        ("near, 10 km, two filters", "10", two),
        ("near, 10 km", "10", {}),
        ("near, 100 km, words", "100", {"q": "allait"}),
    ):
        asks = [
            ("/fr/professionnels/", {"lieu": f"{p[4]} {p[3]}", "rayon": km, **more}) for p in places
        ]
        found.append(Kind(name, near if "two" in name else {}, asks))
    directory = "/fr/professionnels/"
    found.append(Kind("without a place", {}, [(directory, {"page": n}) for n in range(1, 21)]))
    asks = [(directory, {"q": "allait", "type": ["laep"], "page": n}) for n in range(1, 21)]
    found.append(Kind("without a place, words", {}, asks))
    typed = [
        (f"{directory}suggestions/", {"lieu": p[3][: 3 + n % 5]}) for n, p in enumerate(places)
    ]
    return [*found, Kind("suggestions", {"sqlite": 10, "postgresql": 10}, typed)]


def _map(view, more):
    corners, zoom = view
    asked = {"bbox": ",".join(f"{number:.4f}" for number in corners), "zoom": zoom, **more}
    return "/carte.json", asked


def box(place, zoom):
    """The corners of the map at that zoom, around a place; its height as at 46° north."""
    latitude, longitude = place[:2]
    across = 360 / 2**zoom * WIDE / 2
    up = 360 / 2**zoom * HIGH / 2 * 0.69
    return longitude - across, latitude - up, longitude + across, latitude + up
