"""The demo's public services, proposed by one person and confirmed by another."""

from datetime import timedelta

from demo.clock import at
from pages.models import PublicService

from .content import read
from .people import account, load_workgroups

PROPOSED_DAYS_AGO = 440


def load_services(now):
    """Make the services that lack; those that are there stay as people left them."""
    known = {name for pair in PublicService.objects.values_list("name", "proposed_name")
             for name in pair}  # fmt: skip
    lacking = [row for row in read("public_services")["services"] if row["name"] not in known]
    groups = load_workgroups() if lacking else {}
    for row in lacking:
        service = PublicService(
            purpose=row["purpose"],
            owner=account(row["owner"]) if "owner" in row else None,
            workgroup=groups[row["workgroup"]] if "workgroup" in row else None,
        )
        with at(now - timedelta(days=PROPOSED_DAYS_AGO)):
            service.propose(account("coordinatrice"), row["name"], row["url"])
        with at(now - timedelta(days=PROPOSED_DAYS_AGO - 1)):
            service.confirm(account("admin"))
