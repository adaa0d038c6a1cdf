"""The person who works in the admin. Her e-mail address is her login."""

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    Permission,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat, Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet):
    def active(self):
        """Those who may log in."""
        return self.filter(is_active=True)

    def with_role(self, name):
        """Those who have the role called *name* (see accounts.roles.Role)."""
        return self.filter(groups__name=name)

    def reading(self, code):
        """Those who read the language called *code* (text, or an expression)."""
        told = Cast("languages_read", models.TextField())
        quoted = Concat(
            Value('"'),
            code if hasattr(code, "resolve_expression") else Value(code),
            Value('"'),
            output_field=models.TextField(),
        )
        return self.alias(languages_told=told).filter(languages_told__contains=quoted)

    def with_permission(self, name):
        """Those to whom the permission called *name* ("app.codename") is given, by a
        role or by themselves; superusers have every one."""
        app, codename = name.split(".", 1)
        given = Permission.objects.filter(content_type__app_label=app, codename=codename)
        return self.filter(
            Q(is_superuser=True) | Q(groups__permissions__in=given) | Q(user_permissions__in=given)
        ).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    @classmethod
    def normalize_email(cls, email):
        """The address as it is stored: trimmed and in lower case."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, email):
        return self.get(email=self.normalize_email(email))

    def create_user(self, email, password=None, **fields):
        """Store a person; without *password*, one cannot log in yet.

        *fields*: any other field, such as display_name. Raises ValueError
        without an e-mail address.
        """
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Store a person to whom no permission is refused."""
        return self.create_user(email, password, **{**fields, "is_superuser": True})


def french_only():
    """The languages one reads until one says more."""
    return ["fr"]


def interface_languages():
    """The languages of the screens, read when asked: no migration holds them."""
    return settings.WAGTAILADMIN_PERMITTED_LANGUAGES


class MailRhythm(models.TextChoices):
    """How often somebody is told what waits for her."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Someone already uses this e-mail address.")},
    )
    display_name = models.CharField(
        _("name shown"),
        max_length=150,
        help_text=_("First and last name, as they stand under a signature."),
    )
    profession = models.CharField(
        _("profession"),
        max_length=150,
        blank=True,
        help_text=_("Needed to sign a topic: it stands beside the name."),
    )
    interface_language = models.CharField(
        _("language of the screens"),
        max_length=20,
        choices=interface_languages,
        default="fr",
    )
    languages_read = models.JSONField(_("languages read"), default=french_only, blank=True)
    mail_rhythm = models.CharField(
        _("mails about what waits for you"),
        max_length=10,
        choices=MailRhythm.choices,
        default=MailRhythm.AT_ONCE,
        help_text=_("Once a day or once a week, everything is in one mail."),
    )
    # The day of the last mail that gathered what waits: kept by send_reminders.
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick rather than delete: past work keeps its author."),
    )
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("Someone already uses this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.display_name or self.email

    def clean(self):
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    def save(self, *args, **kwargs):
        self.email = type(self).objects.normalize_email(self.email)
        super().save(*args, **kwargs)

    def refresh_from_db(self, *args, **kwargs):
        self.__dict__.pop("roles", None)
        super().refresh_from_db(*args, **kwargs)

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    @property
    def first_name(self):
        """What Wagtail's sidebar calls the person."""
        return str(self)

    @cached_property
    def roles(self):
        """The names of her roles, read once per instance."""
        return frozenset(self.groups.values_list("name", flat=True))

    def reads(self, code):
        """Whether she reads the language called *code*."""
        return code in self.languages_read

    def has_role(self, name):
        """Whether she has the role called *name*, as far as *roles* has read."""
        return name in self.roles
