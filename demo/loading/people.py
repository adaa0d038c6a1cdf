"""Who takes part in the demo: accounts, their roles and their workgroups."""

from collections import Counter

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group

from accounts.models import User
from workgroups.models import Membership, Workgroup

from .content import read

DOMAIN = "demo.invalid"


def account(name):
    """The demo account called `name`: what stands before the @."""
    return User.objects.get(email=f"{name}@{DOMAIN}")


def load_people():
    """Make the people and the groups that lack; whoever is there stays as she is."""
    people = read("people")["people"]
    known = User.objects.in_bulk([p["email"] for p in people], field_name="email")
    password = password_of(known.values())
    groups = load_workgroups()
    for person in people:
        if person["email"] in known:
            continue
        user = User.objects.create(
            email=person["email"],
            display_name=person["name"],
            profession=person["profession"],
            languages_read=person.get("languages_read", ["fr"]),
            password=password,
        )
        user.groups.set(Group.objects.filter(name__in=person["roles"]))
        for field, role in (
            ("writes_for", Membership.Role.AUTHOR),
            ("draws_for", Membership.Role.ILLUSTRATOR),
        ):
            for key in person.get(field, ()):
                Membership.objects.create(user=user, workgroup=groups[key], role=role)


def load_workgroups():
    """{key: Workgroup}, those that lack made."""
    found = {}
    for row in read("workgroups")["workgroups"]:
        group = Workgroup.objects.filter(name=row["name"]).first()
        found[row["key"]] = group or Workgroup.objects.create(name=row["name"], place=row["place"])
    return found


def password_of(users):
    """The hash of the demo's password, one for all accounts.

    Where the password is another one than last time, all who have not chosen their own
    get the new one.
    """
    hashes = Counter(user.password for user in users)
    if not hashes:
        return make_password(settings.DEMO_PASSWORD)
    shared, _count = hashes.most_common(1)[0]
    if check_password(settings.DEMO_PASSWORD, shared):
        return shared
    new = make_password(settings.DEMO_PASSWORD)
    User.objects.filter(password=shared).update(password=new)
    return new
