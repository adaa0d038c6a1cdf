"""The first mail that a new person gets: a link to choose her password."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django_tasks import task

from .models import User


@task(backend="slow")
def send_invitation(user_id):
    """Mail the person with this id a link to choose her password.

    The link lives as long as any password reset link (PASSWORD_RESET_TIMEOUT).
    """
    person = User.objects.get(pk=user_id)
    base_url = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    form = PasswordResetForm({"email": person.email})
    if form.is_valid():
        form.save(
            domain_override=base_url.netloc,
            use_https=base_url.scheme == "https",
            subject_template_name="accounts/invitation_subject.txt",
            email_template_name="accounts/invitation.txt",
        )
