"""Files as they are uploaded and as they are asked for: what is no picture, what is two things at once, what is a path."""

import io
import struct
import zipfile
import zlib
from typing import NamedTuple

from PIL import Image

HOSTILE = b"<script>hostile()</script>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class File(NamedTuple):
    """A file with the name and the kind it claims. `is_picture`: an upload form for pictures may keep it."""

    name: str
    kind: str
    content: bytes
    is_picture: bool = False


def picture(form: str = "PNG", size: tuple[int, int] = (8, 8), **told: object) -> bytes:
    """Return a small picture in one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#c0ffee").save(buffer, form, **told)
    return buffer.getvalue()


def with_a_place() -> bytes:
    """Return a JPEG that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 52.0, 0.0), 3: "E", 4: (74.0, 36.0, 0.0)})
    return picture("JPEG", exif=exif)


def claiming(width: int, height: int) -> bytes:
    """Return a PNG whose header promises far more pixels than its few bytes hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def archive() -> bytes:
    """Return a ZIP with a member that climbs out of its folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("../../hostile.py", "hostile()")
    return buffer.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


UPLOADS = (
    File("nothing.png", "image/png", b""),
    File("one-byte.png", "image/png", b"\x89"),
    File("page.png", "image/png", b"<!doctype html>" + HOSTILE),
    File("program.php.png", "image/png", b"<?php hostile(); ?>"),
    File("program.png.php", "image/png", picture()),
    File("no-ending", "image/png", picture()),
    File("drawing.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="hostile()"/>'),
    File("drawing.png", "image/png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="hostile()"/>'),
    File("page.html", "image/png", HOSTILE),
    File("\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe", "image/png", picture()),
    File("dot.png.", "image/png", picture()),
    File("virus.png", "image/png", EICAR),
    File("archive.png", "image/png", archive()),
    File("cut-off.png", "image/png", picture()[:40]),
    File("flood.png", "image/png", claiming(65_000, 65_000)),
    File("line.png", "image/png", claiming(1, 2_000_000_000)),
    File("document.png", "image/png", b"%PDF-1.4\n" + HOSTILE),
    File("lies.png", "text/html", picture(), is_picture=True),
    File("other-ending.jpg", "image/jpeg", picture()),
    File("with-an-end.png", "image/png", picture() + HOSTILE, is_picture=True),
    File("two-things.gif", "image/gif", b"GIF89a/*" + HOSTILE),
    File("place.jpg", "image/jpeg", with_a_place(), is_picture=True),
    File("../../climbing.png", "image/png", picture(), is_picture=True),
    File("<img src=hostile onerror=hostile()>.png", "image/png", picture(), is_picture=True),
    File("а" * 300 + ".png", "image/png", picture(), is_picture=True),
)

# What an anonymous reader asks the media folder for.
PATHS = (
    "",
    ".",
    "..",
    "../settings.py",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "..\\..\\etc\\passwd",
    "%5c..%5c..%5cetc%5cpasswd",
    "%00",
    "images/%00.png",
    "//etc/passwd",
    "C:/hostile",
    "original_images/secret.jpg",
    "ORIGINAL_IMAGES/../original_images/secret.jpg",
    "images/../original_images/secret.jpg",
    "images/..%2foriginal_images/secret.jpg",
    "documents/secret.pdf",
    "images/../documents/secret.pdf",
    ".hidden",
    "images/.hidden",
    "images",
    "images/",
    "x" * 3_000,
    "%ED%A0%80",
    "%FF",
    "images/no-such.png",
)
