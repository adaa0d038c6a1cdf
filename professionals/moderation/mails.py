"""The mail that goes with a decision: one text for each, which moderators may change for good
(DecisionMail) or once, before it goes."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from professionals.mails import recipient_of
from professionals.models import DecisionMail

About = DecisionMail.About
# What is filled in when the mail is shown; the reason, when it goes.
NAME, ADDRESS, LINK, REASON = "{name}", "{address}", "{link}", "{reason}"
PLACEHOLDERS = (NAME, ADDRESS, LINK, REASON)
# The decisions whose reason the professional reads.
WITH_REASON = (About.REFUSE, About.REFUSE_CHANGE, About.WITHDRAW)
# The address that names where nothing is public.
DIRECTORY = "/fr/professionnels/"


def first_text(about):
    """(subject, text) as it ships, in the language being read. What is accepted was sent by its
    professional or came from another directory: the text fits both."""
    greeting = _("Hello,")
    closing = _("Thank you for what you do for families.\nThe team of Mes Infos Bébé")
    change = _("To change something, ask for a link here: {link}")
    subject, words = {
        About.ACCEPT: (
            _("{name} is in the directory"),
            _(
                "We have checked “{name}”: it is accepted, and families find it here:\n{address}"
                "\n\nYou may show our badge. Ask for a link here, and you find it beside your "
                "entry, which you can change there too:\n{link}\n\nOnce a year we ask you "
                "whether everything is still right."
            ),
        ),
        About.ACCEPT_UNLISTED: (
            _("{name} is accepted"),
            _(
                "We have checked “{name}”: it is accepted. Families do not see it yet, since you "
                "have not said that you may be listed. Whenever you want, ask for a link here and "
                "say yes:\n{link}"
            ),
        ),
        About.REFUSE: (
            _("{name}: we cannot accept it as it is"),
            _(
                "We have read what you sent us about “{name}”. We cannot accept it as it is:"
                "\n\n{reason}\n\nYou can change it and send it again. Nothing of what you "
                "wrote is lost."
            )
            + f"\n\n{change}",
        ),
        About.ACCEPT_CHANGE: (
            _("{name}: your change is online"),
            _("We have checked your change of “{name}”. Families see it from now on:\n{address}"),
        ),
        About.CHANGE_EXPIRED: (
            _("{name}: your change is accepted"),
            _(
                "We have checked your change of “{name}”: it is accepted. Families do not see the "
                "entry now, since nobody has confirmed it this year. Ask for a link here, and show "
                "it again with one press:\n{link}"
            ),
        ),
        About.REFUSE_CHANGE: (
            _("{name}: we cannot accept your change"),
            _(
                "We have read your change of “{name}”. We cannot accept it:\n\n{reason}\n\n"
                "The entry stays as it was before."
            )
            + f"\n\n{change}",
        ),
        About.WITHDRAW: (
            _("{name} is no longer in the directory"),
            _(
                "We have taken “{name}” off the directory:\n\n{reason}\n\nIf you show our "
                "badge, please take it down: it is no longer valid."
            ),
        ),
        About.PUBLISH_AGAIN: (
            _("{name} is in the directory again"),
            _("“{name}” is back, and families find it again:\n{address}"),
        ),
    }[About(about)]
    return subject, f"{greeting}\n\n{words}\n\n{closing}\n"


def text_of(about, language):
    """(subject, text) for those who are written to in *language*: what moderators wrote, or as
    it ships."""
    kept = DecisionMail.objects.filter(about=about, language=language).first()
    if kept:
        return kept.subject, kept.text
    with override(language):
        return first_text(about)


def filled_in(about, entry, language=""):
    """(subject, text) about *entry* with all but the reason filled in: in its language, or in
    another one for whoever reads it over."""
    language = language or language_of(entry)
    with override(language):
        address = entry.get_absolute_url() or DIRECTORY
        link = f"{reverse('change_request')}?fiche={entry.slug}"
        values = {NAME: str(entry), ADDRESS: absolute(address), LINK: absolute(link)}
    subject, text = text_of(about, language)
    for placeholder, value in values.items():
        subject, text = subject.replace(placeholder, value), text.replace(placeholder, value)
    return subject.replace(REASON, ""), text


def language_of(entry):
    """The code of the language in which the professional is written to."""
    return entry.mail_language or settings.LANGUAGE_CODE


def absolute(address):
    """The full address of what stands at *address*."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + address


def send(entry, subject, text, reason=""):
    """Send it to the professional once the present transaction is through; nothing where there
    is no address. True where it goes."""
    to = recipient_of(entry)
    if not to:
        return False
    body = text.replace(REASON, reason.strip()).replace("\r\n", "\n").strip() + "\n"
    subject = " ".join(subject.split())
    transaction.on_commit(lambda: send_decision.enqueue(to, subject, body))
    return True


@task(backend="slow")
def send_decision(to, subject, body):
    """Send one mail."""
    send_mail(subject, body, None, [to])
