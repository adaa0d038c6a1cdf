from types import SimpleNamespace

import pytest

from tests.factories.pages import help_number, home_page, stage, theme_page, topic_page
from tests.factories.workgroups import WorkgroupFactory, member, person, publish, signatory


@pytest.fixture
def site(db):
    """A home, one theme, one group with its author, two signatories and a
    coordinator; `draft` and `live` make topics by the workflow's own ways."""
    home = home_page()
    group = WorkgroupFactory(name="Sommeil", place="Lyon")
    found = SimpleNamespace(
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

    def draft(**fields):
        theme = fields.pop("theme", found.theme)
        stages = fields.pop("stages", [found.stage])
        return topic_page(theme, group, found.author, *stages, **fields)

    def live(*signatories, **fields):
        return publish(draft(**fields), found.author, *(signatories or [found.signatory]))

    found.draft, found.live = draft, live
    return found
