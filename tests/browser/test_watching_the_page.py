"""The browser tests' own eyes: what they must notice, they notice."""

import pytest

from tests.browser.axe import assert_axe_clean


@pytest.fixture(autouse=True)
def any_page(page):
    page.goto("/fr/")


def test_a_blocked_script_is_a_problem(page, page_problems):
    page.evaluate("document.body.innerHTML = '<p onclick=\"window.ran = 1\">x</p>'")
    page.click("p")

    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in problem for problem in page_problems)
    page_problems.clear()


def test_a_request_to_elsewhere_is_a_problem_and_goes_nowhere(page, page_problems):
    page.evaluate("() => fetch('https://elsewhere.example/').catch(() => null)")

    assert any("elsewhere" in problem for problem in page_problems)
    page_problems.clear()


def test_a_missing_page_is_a_problem(page, page_problems):
    page.goto("/sante/nulle-part")

    assert any(problem.startswith("404") for problem in page_problems)
    page_problems.clear()


def test_a_picture_without_an_alternative_is_found(page):
    page.evaluate("document.body.innerHTML = '<main><img src=\"data:,\"></main>'")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_axe_clean(page, within="main")
