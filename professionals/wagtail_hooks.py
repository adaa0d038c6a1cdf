"""What the directory adds to the Wagtail admin."""

# Each with hooks of its own.
from .exchange import admin as exchange_admin  # noqa: F401
from .moderation import admin as moderation_admin  # noqa: F401
