"""On which side of the border a place lies, by its time zone.

No neighbour shares France's: Monaco, Jersey and Sint Maarten have names of their own. The library
that reads opening hours knows the zones' outlines (OpenStreetMap's, some metres exact, with the
waters along the coast), and says of each commune the zone of its département.
"""

from functools import cache

from opening_hours import OpeningHours

from .departements import departements

# Degrees, some 100 m: an address across the street from another country is still in France.
NEAR = 0.001
_ASIDE = ((0, 0), (NEAR, 0), (-NEAR, 0), (0, NEAR), (0, -NEAR))


def is_french(latitude, longitude):
    """Whether a place (WGS 84, degrees) lies in a time zone of one of the départements, or within
    a hundred metres of it; up to some 20 km off the coast it does."""
    return any(_zone_of(latitude + up, longitude + aside) in _zones() for up, aside in _ASIDE)


@cache
def _zones():
    return {one.time_zone for one in departements().values()}


def _zone_of(latitude, longitude):
    """The name of the zone. The library tells it only with the times of hours."""
    hours = OpeningHours("00:00-12:00", coords=(latitude, longitude), auto_country=False)
    return str(hours.next_change().tzinfo)
