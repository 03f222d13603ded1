from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from ashar.accounts.models import User
from ashar.notices import dispatching, inbox
from ashar.notices.models import InboxItem
from tests.ashar.notices.conftest import AT

HOUR = timedelta(hours=1)


@pytest.fixture
def bakyt(db):
    return User.objects.create_user("bakyt@example.com")


@pytest.fixture
def arrive(tell):
    def come(person, *, key="parcel:1", at=AT):
        dispatching.dispatch(tell(key=key, person=person, email="", at=at).pk, at=at)
        return InboxItem.objects.get(notice__key=key)

    return come


def address(name, *arguments, language="ru"):
    with translation.override(language):
        return reverse(name, args=arguments)


def test_an_inbox_holds_what_its_person_was_told_newest_first(arrive, aigul, bakyt, django_assert_num_queries):
    arrive(aigul, key="older")
    arrive(aigul, key="newer", at=AT + HOUR)
    arrive(bakyt, key="not hers", at=AT + 2 * HOUR)

    with django_assert_num_queries(1):
        assert [item.notice.key for item in inbox.of(aigul)] == ["newer", "older"]


def test_opening_counts_once(arrive, aigul):
    item = arrive(aigul)
    assert inbox.unread(aigul) == 1

    inbox.read(item, at=AT + HOUR)
    inbox.read(item, at=AT + 2 * HOUR)

    assert InboxItem.objects.get().read_at == AT + HOUR
    assert inbox.unread(aigul) == 0


def test_only_who_signed_in_has_an_inbox(client, arrive, aigul):
    item = arrive(aigul)

    for path in (address("inbox"), address("notice", item.notice_id)):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/ru/accounts/login/?next=")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_lists_notices_each_in_its_own_language(client, arrive, aigul, language):
    item = arrive(aigul)
    client.force_login(aigul)

    page = client.get(address("inbox", language=language)).content.decode()

    link = address("notice", item.notice_id, language=language)
    assert f'<a href="{link}" lang="en">Your parcel is here: Айгүл</a>' in page


def test_what_was_opened_is_not_new_any_more(client, arrive, aigul):
    item = arrive(aigul)
    client.force_login(aigul)
    assert "Новое" in client.get(address("inbox")).content.decode()

    page = client.get(address("notice", item.notice_id)).content.decode()

    assert "Hello Айгүл," in page
    assert "Новое" not in client.get(address("inbox")).content.decode()


def test_a_notice_of_somebody_else_does_not_exist(client, arrive, aigul, bakyt):
    item = arrive(aigul)
    client.force_login(bakyt)

    assert client.get(address("notice", item.notice_id)).status_code == 404
    assert InboxItem.objects.get().read_at is None


def test_an_empty_inbox_says_so(client, aigul):
    client.force_login(aigul)

    assert "Уведомлений пока нет." in client.get(address("inbox")).content.decode()


def test_pages_of_an_inbox_are_not_kept_by_anybody(client, aigul):
    client.force_login(aigul)

    assert "private" in client.get(address("inbox"))["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_many_as_for_one(
    client, arrive, aigul, count, django_assert_max_num_queries
):
    for number in range(count):
        arrive(aigul, key=f"parcel:{number}")
    client.force_login(aigul)

    with django_assert_max_num_queries(5) as captured:
        client.get(address("inbox"))

    assert len([query for query in captured.captured_queries if "notices_" in query["sql"]]) == 2


def test_a_hostile_name_is_escaped(client, tell, aigul):
    notice = tell(person=aigul, facts={"name": "<script>alert(1)</script>", "arrived_on": AT})
    dispatching.dispatch(notice.pk, at=AT)
    client.force_login(aigul)

    for path in (address("inbox"), address("notice", notice.pk)):
        assert "<script>alert" not in client.get(path).content.decode()


def test_the_home_of_a_person_leads_to_the_inbox_and_names_what_is_new(client, arrive, aigul, bakyt):
    arrive(bakyt)
    client.force_login(aigul)
    home = address("account_home")
    assert address("inbox") not in client.get(home).content.decode()

    seen, unseen = arrive(aigul, key="older"), arrive(aigul, key="newer", at=AT + HOUR)
    inbox.read(seen, at=AT)
    page = client.get(home).content.decode()
    assert f'href="{address("inbox")}"' in page
    assert f'href="{address("notice", unseen.notice_id)}"' in page
    assert address("notice", seen.notice_id) not in page
    assert "1 непрочитанное" in page


def test_the_way_to_the_inbox_costs_two_queries(arrive, aigul, django_assert_num_queries):
    for number in range(3):
        arrive(aigul, key=f"parcel:{number}")
    with django_assert_num_queries(2):
        assert inbox.block(aigul, AT).told["unread"] == 3
