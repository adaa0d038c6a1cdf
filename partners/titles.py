"""What embeds are called that show more than one topic: their frames, and what oEmbed says."""

from django.utils.translation import gettext as _

from pages.names import said


def title_of_list(theme=None, stage=None):
    """In the language that is active; without a ThemePage and a Stage, of chosen topics."""
    if theme:
        return theme.title
    return said(stage, "name")[0] if stage else _("Topics for you")


def title_of_map(departement):
    """*departement*: a Departement."""
    return _("Professionals: %(place)s") % {"place": departement.name}
