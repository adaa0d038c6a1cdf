"""Settings of the benchmark of imports: the tests' own, with all communes and a queue."""

from config.settings.test import *

COMMUNES_FILE = ROOT / "professionals" / "data" / "communes.csv.gz"
TASKS["slow"] = {"BACKEND": "django_tasks_db.DatabaseBackend"}
