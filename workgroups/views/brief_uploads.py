"""A picture piece by piece: what the tus protocol calls creation, HEAD and PATCH, and the
delivery at the end. Its words are tus's (https://tus.io), its addresses the brief's."""

import logging
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from workgroups.brief_forms import UploadForm
from workgroups.models import BriefUpload
from workgroups.models.brief_queries import BriefRefusalError
from workgroups.models.brief_uploads import LARGEST_PIECE, Announced, OutOfStepError

from .briefs import BriefMixin, OnlyPosted, sentences, tell_delivered

logger = logging.getLogger(__name__)


def refused(text, status=HTTPStatus.UNPROCESSABLE_ENTITY):
    """What the page shows beside the file."""
    return JsonResponse({"error": text}, status=status)


class BeginUploadView(OnlyPosted, BriefMixin, View):
    """Takes what is said of a file, gives the address to which its bytes go."""

    def post(self, request, *args, **kwargs):
        form = UploadForm(request.POST)
        if not form.is_valid():
            return refused(_("This file cannot be sent."))
        given = form.cleaned_data
        file = Announced(given["name"][-200:], given["size"], given["sha256"])
        try:
            upload = BriefUpload.begin(self.brief, request.user, file, given["kind"], given["note"])
        except (BriefRefusalError, ValidationError) as error:
            return refused(sentences(error))
        address = reverse("brief_upload", args=[upload.pk])
        return JsonResponse(
            {
                "url": address,
                "finish": reverse("brief_upload_finish", args=[upload.pk]),
                "forget": reverse("brief_upload_forget", args=[upload.pk]),
                "offset": upload.received,
            },
            status=HTTPStatus.CREATED,
            headers={"Location": address},
        )


class OwnUploadMixin:
    """The upload that the address names, for who began it and may still deliver."""

    @cached_property
    def upload(self):
        return get_object_or_404(
            BriefUpload.objects.select_related("brief__page__editorial_record__workgroup"),
            pk=self.kwargs["upload"],
            owner=self.request.user.pk,
        )

    def dispatch(self, request, *args, **kwargs):
        if not self.upload.brief.may_be_drawn_by(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except BriefUpload.DoesNotExist as error:  # dropped meanwhile, in another tab
            raise Http404 from error


class UploadView(OwnUploadMixin, View):
    """How much has come (HEAD), and the next piece of it (PATCH)."""

    http_method_names = ["head", "patch", "options"]

    def head(self, request, *args, **kwargs):
        return self.state(HttpResponse())

    def state(self, response):
        response["Upload-Offset"] = self.upload.received
        response["Upload-Length"] = self.upload.size
        response["Cache-Control"] = "no-store"
        return response

    def patch(self, request, *args, **kwargs):
        offset, length = (
            request.headers.get("Upload-Offset", ""),
            request.headers.get("Content-Length", ""),
        )
        if not (offset.isdecimal() and length.isdecimal() and len(offset) < 16):
            return refused(_("This file cannot be sent."), HTTPStatus.BAD_REQUEST)
        if int(length) > LARGEST_PIECE:
            return refused(_("This piece is too big."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            data = request.read(LARGEST_PIECE)
        except OSError:
            data = b""
        if len(data) != int(length):
            # The line broke in the middle: what came of this piece is left aside.
            return refused(_("This piece did not come whole."), HTTPStatus.BAD_REQUEST)
        try:
            self.upload.received = self.upload.append(int(offset), data)
        except OutOfStepError:
            self.upload.refresh_from_db()
            return self.state(HttpResponse(status=HTTPStatus.CONFLICT))
        except ValidationError as error:
            longer = error.code == "longer"
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if longer else HTTPStatus.BAD_REQUEST
            return refused(sentences(error), status)
        return self.state(HttpResponse(status=HTTPStatus.NO_CONTENT))


class FinishUploadView(OwnUploadMixin, OnlyPosted, View):
    """Delivers what has come whole; what is no picture leaves nothing behind."""

    def post(self, request, *args, **kwargs):
        brief = self.upload.brief
        try:
            version, made = self.upload.finish()
        except OutOfStepError:
            self.upload.refresh_from_db()
            return JsonResponse({"offset": self.upload.received}, status=HTTPStatus.CONFLICT)
        except (BriefRefusalError, ValidationError) as error:
            self.upload.delete()
            return refused(sentences(error))
        tell_delivered(request, brief, [version.number] if made else [], known=not made)
        return JsonResponse({"version": version.number, "url": reverse("brief", args=[brief.pk])})


class ForgetUploadView(OwnUploadMixin, OnlyPosted, View):
    """Drops what has come of a file that nobody will go on with."""

    def post(self, request, *args, **kwargs):
        self.upload.delete()
        if request.accepts("text/html"):
            messages.success(request, _("Dropped: nothing of this file is kept."))
            return redirect("brief", self.upload.brief_id)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
