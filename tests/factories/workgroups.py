"""The smallest valid people, groups and signed topics."""

from datetime import timedelta

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from media.models import Illustration
from workgroups import signing, workflow
from workgroups.models import EditorialRecord, Membership, Stage, Workgroup


class WorkgroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workgroup

    name = factory.Sequence(lambda n: f"Groupe {n}")
    place = "Lyon"


def person(*roles, **fields):
    """Somebody with an account and these roles."""
    number = get_user_model().objects.count()
    values = {"email": f"personne-{number}@example.org", "display_name": f"Personne {number}"}
    user = get_user_model().objects.create_user(**{**values, **fields})
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def member(workgroup, role="author", **fields):
    """A person of that role in ``workgroup``, with the same role on the site."""
    user = person(role, **fields)
    Membership.objects.create(user=user, workgroup=workgroup, role=role)
    return user


def signatory(**fields):
    """A professional who may sign."""
    return person("signatory", **{"profession": "puéricultrice", **fields})


def illustration(group=None, **fields):
    """A stored picture with credit and licence, among those of a Workgroup if one is given."""
    number = Illustration.objects.count()
    file = get_test_image_file(filename=f"dessin-{number}.png", size=(64 + number, 48))
    values = {"title": "Dessin", "file": file, "credit_name": "Inès", "licence": "full_rights"}
    if group:
        values["collection"] = group.collection
    return Illustration.objects.create(**{**values, **fields})


def hand_over(page, user):
    """Pass the page on by the workflow's own action, as ``user``."""
    page = page.specific_class.objects.get(pk=page.pk)
    page.current_workflow_task.on_action(page.current_workflow_task_state, user, "approve")


def signature_for(page, **changes):
    """What the sign-off screen of ``page`` would send."""
    record = EditorialRecord.objects.get(page_id=page.pk)
    revision = signing.revision_to_sign(record)
    values = {
        "revision_id": revision.pk,
        "content_hash": revision.as_object().content_hash(),
        "review_due_on": timezone.localdate() + timedelta(days=365),
    }
    return signing.Signature(**{**values, **changes})


def bring_to_sign_off(page, author):
    """Pass a ready page through draft and illustration."""
    record = EditorialRecord.objects.get(page_id=page.pk)
    if not record.in_round:
        workflow.start_round(page, author)
    for stage in (Stage.DRAFT, Stage.ILLUSTRATION):
        if EditorialRecord.objects.get(page_id=page.pk).stage == stage:
            hand_over(page, author)


def publish(page, author, *signatories):
    """Bring a ready page before parents with real signatures."""
    bring_to_sign_off(page, author)
    for user in signatories:
        signing.sign(page.pk, user, signature_for(page))
    return page.specific_class.objects.get(pk=page.pk)
