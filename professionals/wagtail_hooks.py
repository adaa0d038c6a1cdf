"""What the directory adds to the Wagtail admin."""

from .moderation import admin  # noqa: F401 its own hooks
