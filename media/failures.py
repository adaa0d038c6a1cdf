"""What becomes of files in a request that fails: what it stored goes again, what it was about
to delete stays. And the person who sent it is told at her form, where all that she typed is.
"""

import logging
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar

from django.apps import apps
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class StoreError(OSError):
    """The store of files refuses, is too slow or is not there: try again later."""


# What this request did to stores; None outside of one that may change something.
_changes = ContextVar("media_changes", default=None)
_store_fails = ContextVar("media_store_fails", default=False)


@contextmanager
def _set(variable, value):
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


class Changes:
    """The (storage, name) pairs that a request *saved* and is to have *deleted*."""

    def __init__(self):
        self.saved = []
        self.deleted = []

    def undo(self):
        """Take away what was stored, and delete nothing else."""
        saved, self.saved, self.deleted = self.saved, [], []
        _delete_unnamed(saved)


@contextmanager
def kept_whole():
    """Where the store fails in what happens inside, nothing that it stored is left."""
    outer, changes = _changes.get(), Changes()
    try:
        with _set(_changes, changes), _savepoint():
            yield
    except StoreError:
        changes.undo()
        raise
    if outer:
        outer.saved += changes.saved
        outer.deleted += changes.deleted
    else:
        _delete_unnamed(changes.deleted)


def _savepoint():
    """Inside a transaction, a place to go back to; none of its own, which would keep others
    from writing while pictures are made."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def remember_saved(storage, name):
    """Called when a store has kept a new file."""
    if changes := _changes.get():
        changes.saved.append((storage, name))


def deleted_at_the_end(storage, name):
    """Whether the deletion waits for the request's end, since it may still fail."""
    changes = _changes.get()
    if changes is None or (storage, name) in changes.saved:
        return False
    changes.deleted.append((storage, name))
    return True


def file_fields():
    """Every (model, file field) of the site, those of proxies and parents once."""
    for model in apps.get_models():
        if model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                yield model, field


def is_named(name):
    """Whether any row names the stored file *name*."""
    return any(
        model._base_manager.filter(**{field.name: name}).exists() for model, field in file_fields()
    )


def _delete_unnamed(files):
    with _set(_changes, None):
        for storage, name in files:
            if not is_named(name):
                storage.delete(name)


def delete_on_commit(storage, name):
    """Delete a stored file once the transaction is through, unless a row still names it."""
    transaction.on_commit(lambda: _delete_unnamed([(storage, name)]))


def store_fails():
    """Whether a form is asked again because the store has just failed."""
    return _store_fails.get()


def store_fails_message(with_file):
    """What to tell the person whose form could not be saved, with or without a file in it."""
    if with_file:
        return _(
            "The file could not be stored, and nothing was saved: the place where files are "
            "kept does not answer as it should. What you wrote is still here. Choose the file "
            "again, and try again in a few minutes."
        )
    return _(
        "Nothing was saved: the place where files are kept does not answer as it should. "
        "What you wrote is still here: try again in a few minutes."
    )


def is_file_form(request):
    """Whether one of the admin's screens of files was asked: what they do while they save is
    undone, so that they may be asked again."""
    screens = (reverse("wagtailimages:index"), reverse("wagtailmedia:index"))
    return request.path.startswith(screens)


class FilesOfRequests:
    """Middleware; see above."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        changes = Changes()
        with _set(_changes, changes):
            response = self.get_response(request)
        _delete_unnamed(changes.deleted)
        return response

    def process_exception(self, request, exception):
        if changes := _changes.get():
            changes.undo()
        if not isinstance(exception, StoreError):
            return None
        logger.error("The store of files fails: %s", exception)
        with suppress(StoreError):
            return self._form_again(request)
        return store_unavailable()

    def _form_again(self, request):
        """The view's answer to the same form, which now says that the store fails."""
        if request.method != "POST" or store_fails() or not is_file_form(request):
            raise StoreError
        for file in (file for files in request.FILES.lists() for file in files[1]):
            with suppress(ValueError):  # one that was read to its end is closed
                file.seek(0)
        match = request.resolver_match
        with _set(_store_fails, True):
            response = match.func(request, *match.args, **match.kwargs)
            if hasattr(response, "render"):
                response.render()
        return response


def store_unavailable():
    """The plain answer where there is no form to say it."""
    text = _(
        "The place where files are kept does not answer as it should. Try again in a few minutes."
    )
    return HttpResponse(
        text,
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", "Retry-After": "60"},
    )


class ToldOfTheStore:
    """For model forms with files: what they save is all there or not at all, and they say
    where the store of files failed. Before Django's ModelForm among the bases."""

    def _post_clean(self):
        super()._post_clean()
        if store_fails():
            given = next((name for name in self.files_given()), None)
            self.add_error(given, store_fails_message(with_file=given is not None))

    def files_given(self):
        """The names of the fields for which a file was sent."""
        return [name for name in self.fields if self.files.get(self.add_prefix(name))]

    def save(self, commit=True):
        with transaction.atomic():
            return super().save(commit)
