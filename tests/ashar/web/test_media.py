"""Uploaded files are served as pictures or not opened at all; private ones are not served."""

import pytest
from django.http import Http404

from ashar.web.media import POLICY, serve


@pytest.fixture
def media(settings, tmp_path):
    """A media folder with a public picture, hostile uploads and private originals."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for name, content in {
        "images/terezeler.jpg": b"jpeg",
        "images/page.html": b"<script>alert(1)</script>",
        "images/drawing.svg": b"<svg onload='alert(1)'/>",
        "images/no-extension": b"<script>",
        "images/.hidden.jpg": b"secret",
        "documents/passport.pdf": b"secret",
        "original_images/gps.jpg": b"secret",
    }.items():
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "settings.py").write_bytes(b"secret")
    (settings.MEDIA_ROOT / "images" / "link.jpg").symlink_to(tmp_path / "settings.py")
    return settings.MEDIA_ROOT


def body(response):
    return b"".join(response.streaming_content)


def test_picture_is_shown(client, media):
    response = client.get("/media/images/terezeler.jpg")

    assert (response.status_code, response["Content-Type"], body(response)) == (200, "image/jpeg", b"jpeg")
    assert response["Content-Disposition"] == 'inline; filename="terezeler.jpg"'
    assert response["Cache-Control"] == "public, max-age=604800"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "no-extension"])
def test_what_is_no_picture_is_only_downloaded(client, media, name):
    response = client.get(f"/media/images/{name}")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    body(response)


@pytest.mark.parametrize("name", ["terezeler.jpg", "page.html"])
def test_nothing_uploaded_can_act_as_a_page_of_ours(client, media, name):
    response = client.get(f"/media/images/{name}")

    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    body(response)


@pytest.mark.parametrize(
    "path",
    [
        "documents/passport.pdf",
        "original_images/gps.jpg",
        "images/../documents/passport.pdf",
        "images//../../settings.py",
        "../settings.py",
        "/etc/passwd",
        "images/.hidden.jpg",
        "images/link.jpg",
        "images",
        "images/",
        "images/absent.jpg",
        "images/terezeler.jpg\0.html",
        "",
    ],
)
@pytest.mark.usefixtures("media")
def test_private_absent_and_outside_are_not_there(request_to, path):
    with pytest.raises(Http404):
        serve(request_to("/media/"), path)


@pytest.mark.parametrize(
    "path", ["documents/passport.pdf", "images/%2e%2e/documents/passport.pdf", "%2e%2e/settings.py"]
)
@pytest.mark.usefixtures("media", "db")
def test_private_is_not_there_for_a_browser(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_unchanged_picture_is_not_sent_again(client, media):
    first = client.get("/media/images/terezeler.jpg")
    body(first)

    again = client.get("/media/images/terezeler.jpg", headers={"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, again.content) == (304, b"")


def test_pictures_ask_the_database_nothing(client, media, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        body(client.get("/media/images/terezeler.jpg"))


def test_pictures_are_only_read(client, media):
    assert client.post("/media/images/terezeler.jpg").status_code == 405
