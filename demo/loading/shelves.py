"""What stands around the topics: home, themes, stages, help numbers."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from demo.clock import at
from pages.models import HelpNumber, HelpNumberChange, HomePage, Stage, ThemePage
from pages.pictures import make_renditions

from .content import read
from .people import account, load_workgroups
from .pictures import Library


def load_shelves(site_library):
    """Make the home page, the stages and the themes that lack. Returns the home page."""
    locale, _created = Locale.objects.get_or_create(language_code="fr")
    load_stages(site_library)
    home = HomePage.objects.filter(locale=locale).first() or make_home(locale)
    for row in read("themes")["themes"]:
        if not ThemePage.objects.filter(slug=row["slug"], locale=locale).exists():
            make_theme(home, row, site_library)
    return home


def make_home(locale):
    """The home page, in the place of the one with which Wagtail welcomes."""
    root = Page.get_first_root_node()
    admin = account("admin")
    home = HomePage(locale=locale, owner=admin, live=False, **read("home"))
    welcome = list(root.get_children().filter(content_type__model="page"))
    root.add_child(instance=home)
    home.save_revision(user=admin, log_action=True).publish(user=admin)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.root_page = home
    site.hostname = site.hostname or "localhost"
    site.site_name = home.title
    site.save()
    for page in welcome:
        page.delete()
    return home


def make_theme(home, row, library):
    coordinator = account("coordinatrice")
    groups = load_workgroups()
    theme = ThemePage(
        title=row["title"],
        slug=row["slug"],
        introduction=row["introduction"],
        search_description=row["search_description"],
        wash=row["wash"],
        required_signatures=row["required_signatures"],
        picture=library.picture(f"theme-{row['key']}"),
        locale=home.locale,
        owner=coordinator,
        live=False,
    )
    theme.workgroups = [groups[key] for key in row["workgroups"]]
    HomePage.objects.get(pk=home.pk).add_child(instance=theme)
    theme.save_revision(user=coordinator, log_action=True).publish(user=coordinator)


def load_stages(library):
    known = set(Stage.objects.values_list("slug", flat=True))
    for position, row in enumerate(read("stages")["stages"]):
        if row["slug"] not in known:
            picture = library.picture(f"etape-{row['slug']}")
            names = read("languages")["stages"][row["slug"]]
            Stage.objects.create(sort_order=position, picture=picture, in_languages=names, **row)
            # Nobody publishes a stage: the first visitor would wait for these.
            make_renditions(picture, ["card"])


def load_help_numbers(now):
    """Have the coordinator propose the numbers that lack, and the administrator confirm them,
    on the day on which they were checked."""
    known = set(HelpNumber.objects.values_list("slug", flat=True))
    waiting = set(HelpNumberChange.objects.values_list("slug", flat=True))
    for position, row in enumerate(read("help_numbers")["help_numbers"], start=1):
        if row["slug"] in known | waiting:
            continue
        checked = datetime.combine(row["checked_on"], time(10), timezone.get_current_timezone())
        proposed = min(checked, now - timedelta(days=1))
        values = {**row, "checked_on": timezone.localdate(proposed), "sort_order": position * 10}
        values["in_languages"] = read("languages")["help_numbers"][row["slug"]]
        with at(proposed):
            change = HelpNumberChange.objects.propose(account("coordinatrice"), **values)
        with at(proposed + timedelta(hours=3)):
            change.confirm(account("admin"))


def site_library():
    """The pictures that belong to the site as a whole."""
    return Library()
