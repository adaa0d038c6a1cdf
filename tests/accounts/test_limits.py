"""A limit is one for all processes of a server."""

import subprocess
import sys

import pytest
from django.conf import settings

PLACES, TRIES = 20, 15
# What a process of the server is to a limit: the house's cache, in a database that both share.
PROCESS = """
import sys
import django
from django.conf import settings
place, backend, tries = sys.argv[1:]
database = {"ENGINE": "django.db.backends.sqlite3", "NAME": place, "OPTIONS": {"timeout": 60}}
limits = {"BACKEND": backend, "LOCATION": "limits"}
settings.configure(
    SECRET_KEY="one for both", USE_TZ=True, DATABASES={"default": database},
    CACHES={"default": limits, "limits": limits},
)
django.setup()
if not int(tries):
    from django.core.management import call_command
    call_command("createcachetable")
from accounts.limits import has_room
for what in ("register", "change-request", "suggestions"):
    # So long that no hour ends meanwhile.
    print(sum(has_room(what, "192.0.2.1", 20, 10**9) for _try in range(int(tries))))
"""


def process(place, tries):
    backend = settings.CACHES["limits"]["BACKEND"]
    command = [sys.executable, "-c", PROCESS, place, backend, str(tries)]
    return subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.any_database
def test_two_processes_share_the_places_of_forms_links_and_suggestions(tmp_path):
    place = str(tmp_path / "limits.sqlite3")
    process(place, 0).communicate(timeout=60)
    both = [process(place, TRIES) for _number in range(2)]
    given = [one.communicate(timeout=60)[0].split() for one in both]
    # Of two at the same moment one may be sent away too early, and finds room when she asks again.
    given.append(process(place, TRIES).communicate(timeout=60)[0].split())
    assert [sum(map(int, counts)) for counts in zip(*given, strict=True)] == [PLACES] * 3
