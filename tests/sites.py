"""A small site with pages, for all rooms that show some."""

from types import SimpleNamespace

import pytest

from tests import kept
from tests.factories.pages import help_number, home_page, stage, theme_page, topic_page
from tests.factories.workgroups import WorkgroupFactory, member, person, publish, signatory


def make_site():
    """A home, one theme, one group with its author, two signatories and a coordinator."""
    home = home_page()
    group = WorkgroupFactory(name="Sommeil", place="Lyon")
    return SimpleNamespace(
        home=home,
        group=group,
        theme=theme_page(home, group),
        stage=stage(),
        number=help_number(),
        author=member(group),
        signatory=signatory(display_name="Hélène Garnier", profession="pédiatre"),
        second_signatory=signatory(display_name="Karim Benali"),
        coordinator=person("coordinator"),
    )


@pytest.fixture(scope="session")
def kept_site(django_db_setup, django_db_blocker, tmp_path_factory):
    files = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), kept.made("site", make_site, files) as made:
        yield made


@pytest.fixture
def site(db, kept_site):
    """The site of `make_site`; `draft` and `live` make topics by the workflow's own ways."""
    with kept_site.found() as found:

        def draft(**fields):
            theme = fields.pop("theme", found.theme)
            stages = fields.pop("stages", [found.stage])
            return topic_page(theme, found.group, found.author, *stages, **fields)

        def live(*signatories, **fields):
            return publish(draft(**fields), found.author, *(signatories or [found.signatory]))

        found.draft, found.live = draft, live
        yield found


@pytest.fixture(autouse=True)
def _site_first(request):
    """Whatever else a test begins with is made in the site's database."""
    if "site" in request.fixturenames:
        request.getfixturevalue("site")
