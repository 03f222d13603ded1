"""Requests that no browser of a person sends: methods, queries, headers, cookies, bodies, places to be sent on to."""

from typing import NamedTuple


class Body(NamedTuple):
    """A body and what it says it is."""

    name: str
    kind: str
    content: bytes


METHODS = ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "BREW")

# Appended to addresses that read `page`, `oblast`, `state`, `currency`, `from` or nothing at all.
QUERIES = (
    "page=-1",
    "page=0",
    "page=1000000000",
    "page=9223372036854775808",
    "page=" + "9" * 5_000,
    "page=abc",
    "page=%D9%A3",
    "page=1.5",
    "page=1e3",
    "page=",
    "page=%00",
    "page[]=1",
    "page=1&page=2&page=abc",
    "page=%ED%A0%80",
    "page=%FF%FE",
    "oblast=%00&state=%00",
    "oblast='%20OR%201=1--&state=draft",
    "oblast[]=41704&state[$ne]=open",
    "currency=KGS",
    "currency=%00",
    "currency=" + "USD" * 2_000,
    "currency=USD&currency=EUR",
    "from=%3Cscript%3Ehostile()%3C/script%3E",
    "from=checkout%0d%0aSet-Cookie:%20hostile=1",
    "utm_source=hostile&fbclid=" + "x" * 300,
    "a" * 8_000,
    "&".join(f"field{number}=1" for number in range(900)),
    "&&&===;;;%%%",
    "_method=DELETE",
    "q=" + "(" * 500,
    "sort=password&order_by=-email&fields=*",
)
TOO_MANY_FIELDS = "&".join(f"field{number}=1" for number in range(1_001))

# Where `next=` would send people, were it obeyed. None of these may be left for.
FOREIGN_PLACES = (
    "https://hostile.example/",
    "//hostile.example/",
    "///hostile.example/",
    "////hostile.example/",
    "/\\hostile.example/",
    "\\\\hostile.example/",
    "/%2f%2fhostile.example/",
    "/\t/hostile.example/",
    "/\n/hostile.example/",
    " //hostile.example/",
    "\x01//hostile.example/",
    "https:hostile.example",
    "https:/hostile.example",
    "http:///hostile.example",
    "HTTPS://hostile.example",
    "https://testserver@hostile.example/",
    "https://testserver.hostile.example/",
    "https://hostile.example#testserver",
    "javascript:hostile()",
    "JaVaScRiPt:hostile()",
    "data:text/html,hostile",
    "vbscript:hostile",
    "file:///etc/passwd",
    "https://[::ffff:7f00:1]/",
    "https://hostile.example\\@testserver/",
    "/ky/\r\nLocation: https://hostile.example/",
)

ACCEPT_LANGUAGES = (
    "",
    "*",
    "xx",
    "klingon",
    "ky;q=abc",
    "ky;q=-1",
    "ru-RU,ru;q=0.9,en;q=0.8" * 300,
    "en" * 5_000,
    "../../etc/passwd",
    "en\x00",
    "\u043a\u044b".encode().decode("latin-1"),
    ";;;,,,===",
)

BAD_HOSTS = (
    "hostile.example",
    "testserver.hostile.example",
    "testserver:80:80",
    "testserver@hostile.example",
    "[::1",
    "testserver/path",
    "test server",
    "testserver,hostile.example",
    "",
)

# Believed by nobody unless a proxy of ours stands in front.
SPOOFED = {
    "X-Forwarded-Host": "hostile.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "127.0.0.1, hostile",
    "X-Forwarded-Port": "hostile",
    "X-Real-IP": "hostile",
    "Forwarded": "host=hostile.example;proto=https",
    "X-Original-URL": "/django-admin/",
    "X-Rewrite-URL": "/django-admin/",
    "X-HTTP-Method-Override": "DELETE",
    "X-Requested-With": "XMLHttpRequest",
    "Referer": "https://hostile.example/",
    "User-Agent": "() { :; }; hostile",
    "Range": "bytes=0-0,1-1,-1,5-2",
    "If-Modified-Since": "hostile",
    "If-None-Match": '"hostile"',
    "Accept": "application/hostile;q=x",
    "Authorization": "Basic aG9zdGlsZTpob3N0aWxl",
}

# Values of the cookies `session`, `csrftoken`, `language`, `messages`.
COOKIES = (
    "",
    "hostile",
    "x" * 20_000,
    "../../etc/passwd",
    "gASVAAAAAAAAAAAu:1aaaaa:hostile",
    '"; Domain=hostile.example',
    "a" * 32,
    "\u043a\u044b\u0440".encode().decode("latin-1"),
    "{}",
)

BODIES = (
    Body("nothing", "application/x-www-form-urlencoded", b""),
    Body("no kind", "", b"a=1"),
    Body("JSON for a form", "application/json", b'{"email": "giver@example.org"}'),
    Body("deep JSON", "application/json", b"[" * 10_000 + b"]" * 10_000),
    Body("JSON with a key twice", "application/json", b'{"id": 1, "id": 2}'),
    Body("XML", "text/xml", b'<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]><x>&h;</x>'),
    Body("a form in another alphabet", "application/x-www-form-urlencoded; charset=utf-16", "a=1".encode("utf-16")),
    Body("an alphabet that is none", "application/x-www-form-urlencoded; charset=hostile", b"a=1"),
    Body("only separators", "application/x-www-form-urlencoded", b"&&&===;;;%%%"),
    Body("arrays", "application/x-www-form-urlencoded", b"email[]=a&email[]=b&email[$ne]=c"),
    Body("a field twice", "application/x-www-form-urlencoded", b"email=a&email=b"),
    Body("too many fields", "application/x-www-form-urlencoded", TOO_MANY_FIELDS.encode()),
    Body("too large", "application/x-www-form-urlencoded", b"message=" + b"x" * 3_000_000),
    Body("gzip", "application/x-www-form-urlencoded", bytes.fromhex("1f8b0800000000000003") + b"\0" * 64),
    Body("parts without a boundary", "multipart/form-data", b"--x\r\n\r\n--x--"),
    Body("parts with a wrong boundary", "multipart/form-data; boundary=y", b"--x\r\n\r\n--x--"),
    Body("parts with a huge boundary", "multipart/form-data; boundary=" + "y" * 5_000, b"--y\r\n\r\n--y--"),
    Body("a part without a name", "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
    Body(
        "a file without a name",
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n1\r\n--x--\r\n',
    ),
    Body(
        "a file called by a path",
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../hostile.py"\r\n\r\n1\r\n--x--\r\n',
    ),
    Body("parts that end early", "multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n'),
    Body(
        "too many parts",
        "multipart/form-data; boundary=x",
        b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % number for number in range(1_100)) + b"--x--\r\n",
    ),
    Body(
        "too many files",
        "multipart/form-data; boundary=x",
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\n1\r\n' % number for number in range(30)
        )
        + b"--x--\r\n",
    ),
    Body(
        "base64 that is none",
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="email"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
    ),
)  # fmt: skip

# Put where a part of an address is expected: a number, a UUID, a slug, a signature, a path.
NOT_KEYS = (
    "0",
    "-1",
    "99999999999999999999999999",
    "1.5",
    "abc",
    "%00",
    "%ED%A0%80",
    "%FF",
    "..%2F..%2Fetc%2Fpasswd",
    "%2e%2e",
    "<script>hostile()</script>",
    "x" * 3_000,
    "00000000-0000-0000-0000-000000000000",
    "00000000-0000-0000-0000-00000000000",
    "00000000-0000-0000-0000-0000000000000",
    "{00000000-0000-0000-0000-000000000000}",
    "00000000000000000000000000000000",
    "ZZZZZZZZ-0000-0000-0000-000000000000",
    "2026-000001",
    "2026-000001:hostile",
    "2026-000001:" + "A" * 43,
    ":",
    "٣",
    "мектеп",
)
