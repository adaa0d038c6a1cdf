"""Working days in France: Monday to Friday, public holidays left out.

The holidays come from the library of that name (metropolitan France, without those
of Alsace and Moselle alone).
"""

from datetime import timedelta

import holidays

SATURDAY = 5

_public_holidays = holidays.France()


def is_working_day(day):
    """Whether one works on the date ``day``."""
    return day.weekday() < SATURDAY and day not in _public_holidays


def working_days_after(day, number):
    """The date ``number`` working days after the date ``day`` (before, if negative)."""
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day
