"""What it costs to ask who may have a file: `make bench-files`, after `make demo` has run once.

The same picture is asked for by a parent, by a browser that has it already, and as a draft's
by a member of its group and by somebody else; each ROUNDS times. What counts is the ratio to
the health check, which does nothing but one query.
"""

import os
import sys
from pathlib import Path

from benchmarks.measuring import HEALTH, measure, report

ROUNDS = 200


def pictures():
    """A rendition that parents see, and one of a draft with a member of its group."""
    from media.models import IllustrationRendition
    from media.served import find
    from workgroups.models import DraftFile, Membership

    shown = next(r for r in IllustrationRendition.objects.all() if find(r.file.name).is_public)
    for row in DraftFile.objects.exclude(illustration=None).order_by("-pk"):
        member = Membership.objects.can_act().filter(
            workgroup__collection=row.illustration.collection_id
        )
        if member and not find(row.illustration.file.name).is_public:
            return shown, row.illustration.get_rendition("max-165x165"), member[0].user
    raise SystemExit("The demo has no draft with a picture that its group may see.")


def queries(client, path, **headers):
    """How many queries one answer costs, and its status."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as counted:
        response = client.get(path, headers=headers)
        if response.streaming:
            b"".join(response.streaming_content)
    return len(counted), response.status_code


def main():
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
    os.environ["DEMO"] = "1"
    from config.startup import choose_settings

    choose_settings()
    import django

    django.setup()
    from django.test import Client

    shown, drafted, member = pictures()
    anybody, of_the_group = Client(), Client()
    of_the_group.force_login(member)
    for client in (anybody, of_the_group):
        client.defaults["HTTP_HOST"] = "localhost"
    known = f'"{shown.file_sha256}"'
    for name, client, file, headers in (
        ("a parent, a published picture", anybody, shown.file, {}),
        ("the same, which she has already", anybody, shown.file, {"if-none-match": known}),
        ("a member, a draft's picture", of_the_group, drafted.file, {}),
        ("a parent, a draft's picture", anybody, drafted.file, {}),
    ):
        number, status = queries(client, file.url, **headers)
        print(f"{name:<36}{number:>3} queries, answer {status}")
    paths = [("health check", HEALTH), ("published picture", shown.file.url)]
    report(paths, measure(anybody, [path for _name, path in paths], ROUNDS))
    paths = [("health check", HEALTH), ("draft's picture", drafted.file.url)]
    report(paths, measure(of_the_group, [path for _name, path in paths], ROUNDS))


if __name__ == "__main__":
    main()
