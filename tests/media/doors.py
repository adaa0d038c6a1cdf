"""The forms through which files come in, as a browser sends them."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import UploadedFile

from media.models import CaptionTrack, Illustration, Recording

SINGLE = "/admin/images/add/"
MULTIPLE = "/admin/images/multiple/add/"
CHOOSER = "/admin/images/chooser/create/"
AJAX = {"x-requested-with": "XMLHttpRequest"}


def upload(name, content):
    return SimpleUploadedFile(name, content() if callable(content) else content)


def picture_fields(file, **changes):
    return {
        "title": "Le bain",
        "file": file,
        "description": "Un bébé dans une petite baignoire.",
        "credit_name": "Inès Morel",
        "licence": "full_rights",
        "tags": "",
        **changes,
    }


def film_fields(file, **changes):
    return {
        "title": "Le bain",
        "file": file,
        "credit_name": "Inès Morel",
        "licence": "full_rights",
        "duration": "0",
        "tags": "",
        **changes,
    }


def post_picture(client, file, door=SINGLE):
    """The codes of what the form says of the file at this door; {} where it is taken."""
    if door == MULTIPLE:
        answer = client.post(door, {"files[]": file}, headers=AJAX).json()
        return {} if answer["success"] else {"file": answer["error_message"]}
    prefix = "image-chooser-upload-" if door == CHOOSER else ""
    data = {prefix + name: value for name, value in picture_fields(file).items()}
    return codes(client.post(door, data))


def post_recording(client, kind, file, **fields):
    """The same for a film ("video") or a sound ("audio")."""
    address = reverse("wagtailmedia:add", args=[kind])
    return codes(client.post(address, film_fields(file, **fields)))


def codes(response):
    """{field: codes of its errors}, each with a sentence; {} where all was well."""
    if response.context is None or "form" not in response.context:
        assert response.status_code < 400, response.status_code
        return {}
    errors = response.context["form"].errors
    assert all(str(message).strip() for messages in errors.values() for message in messages)
    return {name: [error.code for error in messages.as_data()] for name, messages in errors.items()}


def stored():
    """All that uploads have left: rows, and files under MEDIA_ROOT."""
    rows = [
        str(row)
        for model in (Illustration, Recording, CaptionTrack, UploadedFile)
        for row in model.objects.all()
    ]
    return rows + [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def temporary_files():
    """What stands where Django puts large uploads while it reads them."""
    folder = settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir()
    return set(Path(folder).glob("*.upload*"))
