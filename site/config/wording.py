"""Texts of Wagtail's and its apps' that this site says in words of its own.

Their French is missing, mistaken or made for computer people. Naming them here puts them in
the French file with the site's texts, and Django prefers that file to theirs.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDING = (
    # The admin.
    gettext_noop("Skip to main content"),
    gettext_noop("Current page status:"),
    gettext_noop("The page title as you'd like it to be seen by the public"),
    gettext_noop("in moderation"),
    gettext_noop("live + in moderation"),
    gettext_noop("The page could not be created due to validation errors."),
    gettext_noop("The page could not be saved due to validation errors."),
    gettext_noop("The %(model_name)s could not be created due to errors."),
    gettext_noop("The %(model_name)s could not be saved due to errors."),
    gettext_noop("The image could not be created due to errors."),
    gettext_noop("The image could not be saved due to errors."),
    gettext_noop(
        "Upload a valid image. The file you uploaded was either not an image or a corrupted image."
    ),
    gettext_noop("Not a supported image format. Supported formats: %(supported_formats)s."),
    gettext_noop(
        "Not a valid .%(extension)s image. The extension does not match the file format "
        "(%(image_format)s)"
    ),
    gettext_noop("This file is too big (%(file_size)s). Maximum filesize %(max_filesize)s."),
    gettext_noop("This file is too big. Maximum filesize %(max_filesize)s."),
    gettext_noop(
        "This file has too many pixels (%(num_pixels)s). Maximum pixels %(max_pixels_count)s."
    ),
    gettext_noop("unknown number"),
    gettext_noop("The submitted file is empty."),
    gettext_noop(
        "File extension “%(extension)s” is not allowed. "
        "Allowed extensions are: %(allowed_extensions)s."
    ),
    # The address of a page.
    gettext_noop(
        "The slug '%(page_slug)s' is already in use within the parent page at "
        "'%(parent_url_path)s'."
    ),
    gettext_noop("The slug '%(page_slug)s' is already in use within the parent page."),
    gettext_noop("New slug"),
    gettext_noop(
        'This slug is already in use within the context of its parent page "%(parent_page_title)s"'
    ),
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop("Workflow"),
    gettext_noop("Workflows"),
    gettext_noop("Workflow tasks"),
    gettext_noop("Incomplete task"),
    # The history of a topic.
    gettext_noop("'%(workflow)s' started. Next step '%(task)s'"),
    gettext_noop("Approved at '%(task)s'. Next step '%(next_task)s'"),
    gettext_noop("Approved at '%(task)s'. '%(workflow)s' complete"),
    gettext_noop("Rejected at '%(task)s'. Changes requested"),
    # The mail for a new password.
    gettext_noop("Password reset"),
    gettext_noop("Please follow the link below to reset your password:"),
    # Films and sounds.
    gettext_noop("Media"),
    gettext_noop("Add video"),
    gettext_noop("Choose video"),
    gettext_noop("Choose a media item"),
    gettext_noop("Choose another media item"),
    gettext_noop("Edit this media item"),
    gettext_noop("Video file"),
    gettext_noop("Media file '{0}' added."),
    gettext_noop("Media file '{0}' deleted."),
    gettext_noop("Media file '{0}' updated"),
    gettext_noop("The media file could not be saved due to errors."),
    ngettext_lazy(
        '<span>%(total)s</span> Media file <span class="visuallyhidden w-sr-only">created in '
        "%(site_name)s</span>",
        '<span>%(total)s</span> Media files <span class="visuallyhidden w-sr-only">created in '
        "%(site_name)s</span>",
        "counter",
    ),
)
