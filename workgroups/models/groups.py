"""The groups of professionals that write, and who belongs to them."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Collection


class WorkgroupQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)

    def of(self, user):
        """The active groups to which ``user`` belongs."""
        return self.active().filter(memberships__user=user).distinct()

    def written_by(self, user):
        """The active groups in which ``user`` is an author."""
        return self.active().filter(
            memberships__user=user, memberships__role=Membership.Role.AUTHOR
        )


def days_field(name, days):
    """How many working days a stage may take before a topic counts as late."""
    return models.PositiveSmallIntegerField(
        name, default=days, validators=[MinValueValidator(1), MaxValueValidator(250)]
    )


class Workgroup(ClusterableModel):
    """Two or three authors and an illustrator who make topics together.

    Its collection holds its pictures, films and sounds; it is made with the
    group and nobody outside the group chooses from it.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "A closed group keeps its topics; its members can no longer "
            "change them and the coordinators take over."
        ),
    )
    draft_days = days_field(_("working days for the draft"), 30)
    illustration_days = days_field(_("working days for the illustration"), 20)
    sign_off_days = days_field(_("working days for the sign-off"), 10)
    collection = models.OneToOneField(
        Collection,
        verbose_name=_("collection"),
        on_delete=models.PROTECT,
        related_name="workgroup",
        editable=False,
    )

    objects = WorkgroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("workgroup")
        verbose_name_plural = _("workgroups")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, **kwargs):
        if self.collection_id is None:
            self.collection = Collection.get_first_root_node().add_child(name=self.name)
        elif self.collection.name != self.name:
            self.collection.name = self.name
            self.collection.save(update_fields=["name"])
        super().save(**kwargs)

    def working_days_for(self, stage):
        """How many working days the ``stage`` may take; None where nothing is due."""
        return getattr(self, f"{stage}_days", None)

    @property
    def full_name(self):
        """The group and its place, as parents read them."""
        return f"{self.name}, {self.place}" if self.place else self.name

    def has_illustrator(self):
        """Whether somebody of the group can draw now."""
        return self.memberships.illustrators().can_act().exists()


class MembershipQuerySet(models.QuerySet):
    def authors(self):
        return self.filter(role=Membership.Role.AUTHOR)

    def illustrators(self):
        return self.filter(role=Membership.Role.ILLUSTRATOR)

    def can_act(self):
        """Those whose account and group are both active."""
        return self.filter(user__is_active=True, workgroup__active=True)


class Membership(models.Model):
    """Somebody's place in a workgroup.

    Whoever joins gets the role of the same name on the site if she lacks it:
    without it she could not enter the admin. Leaving takes no role away, since
    what it opens depends on memberships; coordinators untick it with the person.
    """

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        ILLUSTRATOR = "illustrator", _("illustrator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    workgroup = ParentalKey(
        Workgroup,
        verbose_name=_("workgroup"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(
        _("role in the group"),
        max_length=20,
        choices=Role.choices,
        default=Role.AUTHOR,
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["workgroup", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "workgroup", "role"], name="one_membership_per_role"
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.workgroup} · {self.get_role_display()}"

    @transaction.atomic
    def save(self, **kwargs):
        super().save(**kwargs)
        if not self.user.has_role(self.role):
            self.user.groups.add(Group.objects.get(name=self.role))
