"""Error pages: three languages, no questions to the database, and an answer even when everything broke."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import DatabaseError, DataError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import translation

from ashar.web import errors
from config.urls import urlpatterns as site


def raising(kind):
    def view(request):
        raise kind

    return view


def form(request):
    return HttpResponse("ok")


urlpatterns = [
    *site,
    path("broken/", raising(RuntimeError("secret detail"))),
    path("forbidden/", raising(PermissionDenied("secret detail"))),
    path("ru/gone/", raising(Http404("secret detail"))),
    path("odd/", raising(SuspiciousOperation("secret detail"))),
    path("large/", raising(RequestDataTooBig("secret detail"))),
    path("many/", raising(TooManyFilesSent("secret detail"))),
    path("away/", raising(OperationalError("secret detail"))),
    path("cut/", raising(InterfaceError("secret detail"))),
    path("wrong/", raising(DatabaseError("secret detail"))),
    path("beyond/", raising(OverflowError("secret detail"))),
    path("wide/", raising(DataError("secret detail"))),
    path("form/", form),
]
handler400 = "ashar.web.errors.bad_request"
handler403 = "ashar.web.errors.permission_denied"
handler404 = "ashar.web.errors.page_not_found"
handler500 = "ashar.web.errors.server_error"

BROKEN = [
    ("/broken/", 500, "У нас что-то сломалось"),
    ("/forbidden/", 403, "Эта страница вам недоступна"),
    ("/ru/gone/", 404, "Такой страницы нет"),
    ("/odd/", 400, "Мы не смогли прочитать этот запрос"),
    ("/large/", 413, "Это слишком большой объём"),
    ("/many/", 413, "Это слишком большой объём"),
    ("/away/", 503, "Мы отлучились на несколько минут"),
    ("/cut/", 503, "Мы отлучились на несколько минут"),
    ("/wrong/", 500, "У нас что-то сломалось"),
]


@pytest.fixture
def calm_client():
    """Answer as the server would, instead of raising into the test."""
    return Client(raise_request_exception=False, headers={"accept-language": "ru"})


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "status", "title"), BROKEN)
def test_each_fault_has_its_page(calm_client, read, address, status, title):
    response = calm_client.get(address)

    page = read(response.content.decode())
    assert (response.status_code, page.one("html")["lang"], page.title) == (status, "ru", f"{title} · Ашар")
    assert page.wrong == []
    assert "secret detail" not in page.text


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/beyond/?from=0001-01-01", "/wide/?number=99999999999999999999"])
def test_a_list_asked_for_what_no_database_knows_says_that_it_cannot_read_that(calm_client, read, address):
    response = calm_client.get(address)

    page = read(response.content.decode())
    assert (response.status_code, page.title) == (400, "Мы не смогли прочитать этот запрос · Ашар")
    assert "secret detail" not in page.text


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("method", "address"), [("post", "/beyond/?from=1"), ("get", "/beyond/")])
def test_the_same_fault_elsewhere_is_ours(calm_client, method, address):
    assert getattr(calm_client, method)(address).status_code == 500


@pytest.mark.parametrize("status", errors.WORDS)
@pytest.mark.parametrize(("language", "name"), [("ky", "Ашар"), ("ru", "Ашар"), ("en", "Ashar")])
def test_every_page_in_every_language_without_the_database(request_to, read, status, language, name):
    response = errors.page(request_to(f"/{language}/somewhere/"), status)

    page = read(response.content.decode())
    with translation.override(language):
        assert page.title == f"{errors.WORDS[status].title} · {name}"
        assert str(errors.WORDS[status].text) in page.words
    assert (response.status_code, page.one("html")["lang"], page.wrong) == (status, language, [])


def test_words_of_a_page_differ_from_language_to_language():
    for words in [*errors.WORDS.values(), errors.EXPIRED]:
        told = []
        for language in ("ky", "ru", "en"):
            with translation.override(language):
                told.append(str(words.title))
        assert len(set(told)) == 3


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/en/x/", {"accept-language": "ru"}, "en"),
        ("/x/", {"accept-language": "ru"}, "ru"),
        ("/x/", {"accept-language": "de"}, "ky"),
        ("/x/", {}, "ky"),
    ],
)
def test_language_of_the_address_then_of_the_browser_then_ours(request_to, read, address, headers, language):
    page = read(errors.page_not_found(request_to(address, headers=headers)).content.decode())

    assert page.one("html")["lang"] == language


def test_language_left_active_is_the_one_found(request_to):
    with translation.override("en"):
        errors.page_not_found(request_to("/ru/x/"))

        assert translation.get_language() == "en"


@pytest.mark.django_db
def test_page_not_found_asks_nothing_for_a_visitor_with_a_session(request_to, django_assert_num_queries):
    request = request_to("/ru/x/")
    request.COOKIES["session"] = "x" * 32

    with django_assert_num_queries(0):
        errors.page_not_found(request)


def test_pages_are_not_kept_and_not_indexed(request_to, read):
    response = errors.server_error(request_to("/en/"))

    assert response["Cache-Control"] == "no-store"
    assert read(response.content.decode()).one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize(("answer", "seconds"), [(errors.too_many, "60"), (errors.unavailable, "120")])
def test_temporary_answers_say_when_to_return(request_to, answer, seconds):
    assert answer(request_to("/en/"))["Retry-After"] == seconds


@override_settings(
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
)
def test_even_a_missing_manifest_gets_an_answer(request_to, read):
    response = errors.server_error(request_to("/en/"))

    page = read(response.content.decode())
    assert response.status_code == 500
    assert page.one("html")["lang"] == "ky"
    assert [attrs["lang"] for attrs in page.all("p") if "lang" in attrs] == ["ru", "en"]


@pytest.mark.urls(__name__)
def test_expired_form_says_that_nothing_happened(read):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    response = client.post("/form/", {"amount": "50"})

    page = read(response.content.decode())
    assert (response.status_code, page.title) == (403, "The form has expired · Ashar")
    assert "Nothing was sent and nothing has changed." in page.words
    assert page.one("a", class_="button")["href"] == "/form/"


def test_bare_answers_get_a_page_and_keep_their_headers(request_to, read):
    middleware = errors.pages_for_bare_answers(lambda _request: HttpResponseNotAllowed(["GET", "POST"]))

    response = middleware(request_to("/en/give/"))

    assert (response.status_code, response["Allow"]) == (405, "GET, POST")
    assert read(response.content.decode()).title == "This address does not work that way · Ashar"


@pytest.mark.parametrize(
    ("answer", "headers"),
    [
        (HttpResponse("told", status=429), {}),
        (HttpResponse(status=204), {}),
        (HttpResponse("told", status=404), {}),
        (StreamingHttpResponse([], status=404), {}),
        (HttpResponse(status=405), {"accept": "application/json"}),
    ],
)
def test_other_answers_pass_untouched(request_to, answer, headers):
    middleware = errors.pages_for_bare_answers(lambda _request: answer)

    assert middleware(request_to("/en/", headers=headers)) is answer


def test_stranger_is_never_told_to_sign_in_on_an_error_page(request_to, read):
    assert read(errors.page_not_found(request_to("/en/x/")).content.decode()).all("a", href="/en/accounts/login/") == []


@pytest.mark.parametrize("status", errors.WORDS)
def test_every_status_that_has_words_gets_its_page_when_it_comes_bare(request_to, read, status):
    middleware = errors.pages_for_bare_answers(lambda _request: HttpResponse(status=status))

    response = middleware(request_to("/en/"))

    assert (response.status_code, read(response.content.decode()).title) == (
        status,
        f"{errors.WORDS[status].title} · Ashar",
    )


@pytest.mark.parametrize("status", errors.WORDS)
def test_the_card_service_gets_the_bare_status(request_to, status):
    answer = HttpResponse(status=status)

    assert errors.pages_for_bare_answers(lambda _request: answer)(request_to("/webhooks/stripe/")) is answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ky", "Бир нече мүнөткө токтоп турабыз"),
        ("ru", "Мы отлучились на несколько минут"),
        ("en", "We are away for a few minutes"),
    ],
)
def test_a_page_without_its_database_says_that_we_are_back_soon(calm_client, read, language, title):
    def away(*_):
        raise OperationalError("secret detail")

    with connection.execute_wrapper(away):
        response = calm_client.get(f"/{language}/projects/")

    page = read(response.content.decode())
    assert (response.status_code, response["Retry-After"], page.one("html")["lang"]) == (503, "120", language)
    assert page.title.split(" · ")[0] == title
    assert "secret detail" not in page.text
