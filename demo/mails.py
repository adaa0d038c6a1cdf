"""The demo's mails: none leaves the machine, each is kept as a file and can be read."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

# The demo may be served on another port than when the mail was written.
OWN_ADDRESS = re.compile(r"https?://localhost(:\d+)?(?=/)")


class EmailBackend(BaseEmailBackend):
    """Keeps each mail in settings.EMAIL_FILE_PATH, under a name that sorts by date."""

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            moment, number = timezone.now(), uuid.uuid4().hex
            message.extra_headers.setdefault("Date", format_datetime(moment))
            # Otherwise Django asks the network for the machine's name.
            message.extra_headers.setdefault("Message-ID", f"<{number}@demo.invalid>")
            name = f"{moment:%Y%m%d-%H%M%S-%f}-{number[:8]}"
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class KeptMail:
    """A mail that the demo has sent."""

    sent_at: datetime
    to: str
    subject: str
    text: str


def kept_mail_files():
    """The files of all mails, newest first."""
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)


def read_mail(path, address):
    """The KeptMail in the file `path`; its links into the demo lead to `address`
    (such as ``http://localhost:8000``)."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    return KeptMail(
        sent_at=parsedate_to_datetime(message["Date"]),
        to=message["To"],
        subject=message["Subject"],
        text=OWN_ADDRESS.sub(address, text).strip(),
    )
