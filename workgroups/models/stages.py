"""The stages of an editorial page, and the columns of the board that show them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    # Wagtail says "draft" too, of a page that is not online.
    DRAFT = "draft", pgettext_lazy("stage", "draft")
    ILLUSTRATION = "illustration", _("illustration")
    SIGN_OFF = "sign_off", _("sign-off")
    SCHEDULED = "scheduled", _("signed, to be published")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


IN_ROUND = (Stage.DRAFT, Stage.ILLUSTRATION, Stage.SIGN_OFF)
IN_WORK = (Stage.DRAFT, Stage.ILLUSTRATION)


class BoardColumn(models.TextChoices):
    """Where the board shows a topic: by what has to be done next."""

    DRAFT = "draft", pgettext_lazy("stage", "draft")
    ILLUSTRATION = "illustration", _("illustration")
    SIGN_OFF = "sign_off", _("sign-off")
    PUBLISHED = "published", _("published")
    REVIEW_DUE = "review_due", _("review due")
