"""What parents ask, and the topic that answers: all failures at once."""

from tests.factories.pages import home_page
from tests.factories.search import (
    MUST_BE_AMONG,
    index_listed_topics,
    pairs_apart,
    ranks,
    read,
)


def test_the_list_is_as_long_as_it_says():
    rows = read("questions")
    assert len({asked for asked, _topic in rows["questions"]}) == 60
    assert len({tuple(pair) for pair in rows["pairs"]}) == 40


def test_sixty_questions_and_forty_pairs_find_their_topics(db):
    slugs = index_listed_topics(home_page())
    missed = [
        f"{asked}: {wanted} is number {place}, the best are {best}"
        for asked, wanted, place, best in ranks(slugs)
        if place is None or place > MUST_BE_AMONG
    ]
    missed += [f"{one} does not find {other}" for one, other in pairs_apart()]
    assert missed == [], "\n".join(missed)
