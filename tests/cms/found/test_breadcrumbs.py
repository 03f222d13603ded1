"""The way back from a page is a way to a list that stands there."""

from cms import trees
from cms.found import breadcrumbs


def test_every_list_that_is_named_is_planted():
    planted = {slug for _kind, slug, _title, _lead in trees.BRANCHES}
    with_pages = {slug for kind, slug, _title, _lead in trees.BRANCHES if kind.subpage_types}
    assert (set(breadcrumbs.LISTS) <= planted, with_pages) == (True, set(breadcrumbs.LISTS))


def test_each_is_called_as_it_is_planted():
    planted = {slug: str(title) for _kind, slug, title, _lead in trees.BRANCHES}
    assert {slug: str(name) for slug, name in breadcrumbs.LISTS.items()} == {
        slug: planted[slug] for slug in breadcrumbs.LISTS
    }
