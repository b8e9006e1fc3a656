"""No hostile request causes a server error (5xx)."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO")
ROUTES = (
    "/",
    "/news/",
    "/news/x/",
    "/news/2021-2022/",
    "/news/2021-2022/02/",
    "/news/x/event.ics",
    "/topics/",
    "/topics/x/",
    "/topics/x/rss.xml",
    "/partners/",
    "/partners/x/",
    "/partners/x/feed.json",
    "/events/",
    "/events.ics",
    "/search/",
    "/feed/rss.xml",
    "/feed/atom.xml",
    "/feed/feed.json",
    "/card.png",
    "/cards/x.png",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-posts-1.xml",
    "/sitemap-news.xml",
    "/accessibility/",
    "/logos/x.jpg",
    "/photos/x/master.jpg",
    "/photos/x/card.jpg",
    "/documents/x",
    "/feedback/",
    "/feedback/new/hints/",
    "/feedback/files/0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c1/",
    "/feedback/receipt/2026-1.txt",
    "/feedback/receipt/verify/",
    "/feedback/status/qr.svg",
    "/feedback/new/",
    "/feedback/receipt/",
    "/feedback/status/",
    "/feedback/mine/",
    "/feedback/mine/leave/",
    "/feedback/mine/reply/",
    "/feedback/consent/1/",
    "/feedback/answers/",
    "/feedback/answers/2026-1/",
    "/feedback/answers/atom.xml",
    "/feedback/figures/",
    "/robots.txt",
    "/favicon.ico",
    "/site.webmanifest",
    "/healthz",
    "/no-such-page/",
    "/admin/",
    "/admin/login/",
    "/admin/jsi18n/",
    "/admin/news/post/",
    "/admin/news/post/add/",
    "/admin/logout/",
)
NUMBERS = ("-1", "0", "9" * 4300, "9" * 4301, "٣", "²", "1e9", "0x1", "NaN", "1\0", "", " ", "½")
PATHS = ("%ED%A0%80", "%FF", "%00", "%2e%2e%2f", "%0d%0aX: y", "..", "//", "\\", "%", "%zz", "٣")
HEADERS = (
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "localhost:99999999"},
    {"HTTP_HOST": ""},
    {"HTTP_HOST": "[::1"},
    {"HTTP_HOST": "\xff\0"},
    {"HTTP_REFERER": "http://[::1"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://[::1"},
    {"HTTP_X_FORWARDED_FOR": "fe80::1%\0, x" * 99},
    {"HTTP_X_FORWARDED_PROTO": "\0"},
    {"REMOTE_ADDR": "not an address"},
    {"REMOTE_ADDR": ""},
    {"HTTP_IF_MODIFIED_SINCE": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"HTTP_IF_NONE_MATCH": '"' * 999},
    {"HTTP_RANGE": "bytes=999999999999-1,-1"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 9999},
    {"HTTP_ACCEPT": ";;;;q=x"},
    {"HTTP_USER_AGENT": "\xff" * 300},  # gunicorn itself refuses control characters
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"HTTP_COOKIE": 'sessionid="\\000\\377"; csrftoken="\\000"; receipt="\\000:\\000:\\000"'},
    {"HTTP_COOKIE": "sessionid=" + "x" * 9000 + "; csrftoken=\xd1\xff; receipt=:::::"},
    {"HTTP_COOKIE": "=;;;==; messages=garbage; receipt=x:1qqqqq:zzzzzz; sessionid=\xd0\xb0"},
    {"CONTENT_LENGTH": "-1"},
    {"CONTENT_LENGTH": "9" * 5000},
    {"CONTENT_LENGTH": "x"},
    {"CONTENT_LENGTH": "٣"},
    {"CONTENT_LENGTH": str(2**62)},
    {"CONTENT_TYPE": "multipart/form-data"},
    {"CONTENT_TYPE": "multipart/form-data; boundary="},
    {"CONTENT_TYPE": "multipart/form-data; boundary=" + "x" * 300},
    {"CONTENT_TYPE": "multipart/form-data; boundary=\xff"},
    {"CONTENT_TYPE": "application/json"},
    {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-16"},
    {"CONTENT_TYPE": ";;;=;"},
    {"PATH_INFO": "/\xed\xa0\x80/\0"},
)
FIELDS = (
    "submission_key",
    "topic",
    "role",
    "text",
    "email",
    "consents",
    "step",
    "reply_by",
    "may_publish",
    "consent_version",
    "files",
    "number",
    "code",
    "unsent",
    "username",
    "password",
    "csrfmiddlewaretoken",
)
COOKIES = ("sessionid", "csrftoken", "receipt", "author", "messages")


@pytest.fixture
def csrf_client(db):
    """A client with CSRF checks and without a token, which gets 500 instead of exceptions."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def visitor(db):
    """A client without CSRF checks, so that the input reaches the views."""
    return Client(raise_request_exception=False)


@pytest.fixture
def teacher(db):
    client = Client(raise_request_exception=False)
    client.force_login(factories.staff(), backend=BACKEND)
    return client


def assert_no_server_error(client, method, path, **request):
    response = client.generic(method, path, **request)
    assert response.status_code < 500, (method, path[:200], str(request)[:500])


# Known attacks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ROUTES)
def test_every_method_is_answered(visitor, teacher, route):
    for method in METHODS:
        assert_no_server_error(visitor, method, route)
        assert_no_server_error(teacher, method, route)


@pytest.mark.parametrize("number", NUMBERS)
def test_invalid_numbers_are_answered(visitor, teacher, number):
    for client in (visitor, teacher):
        for name in ("page", "p", "o", "q", "year", "_popup"):
            response = client.get("/news/", {name: number})
            assert response.status_code == 200
        for route in (
            "/feedback/consent/{}/",
            "/feedback/answers/{}/",
            "/news/{}/",
            "/admin/news/post/{}/change/",
        ):
            assert_no_server_error(client, "GET", route.format(number.replace("\0", "%00")))


@pytest.mark.parametrize("name", NUMBERS)
def test_invalid_rendition_names_are_answered(visitor, name):
    photo = factories.photo(is_cover=True)
    for extension in ("jpg", "avif", "webp"):
        url = f"/photos/{photo.key}/{name.replace(chr(0), '%00')}.{extension}"
        assert_no_server_error(visitor, "GET", url)


@pytest.mark.parametrize("part", PATHS)
def test_invalid_paths_are_answered(visitor, part):
    for route in ("/{}", "/{}/", "/news/{}/", "/photos/{}/{}", "/documents/{}"):
        for method in ("GET", "POST"):
            assert_no_server_error(visitor, method, route.replace("{}", part))


@pytest.mark.parametrize(
    "number", range(len(HEADERS)), ids=lambda number: ascii(HEADERS[number])[:40]
)
def test_invalid_headers_are_answered(csrf_client, visitor, number):
    """On a fifth of the routes, others for each header; the slow test tries the rest."""
    send_headers(csrf_client, visitor, HEADERS[number], ROUTES[number % 5 :: 5])


@pytest.mark.slow
@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: ascii(headers)[:40])
def test_invalid_headers_are_answered_on_every_route(csrf_client, visitor, headers):
    send_headers(csrf_client, visitor, headers, ROUTES)


def send_headers(csrf_client, visitor, headers, routes):
    for route in routes:
        assert_no_server_error(visitor, "GET", route, **headers)
        for client in (csrf_client, visitor):
            assert_no_server_error(client, "POST", route, data=b"a=1&b=%00", **headers)


@pytest.mark.parametrize("route", ["/feedback/new/", "/feedback/status/", "/admin/login/"])
def test_thousands_of_fields_are_answered(csrf_client, visitor, route):
    body = "&".join(f"x{number}=1" for number in range(5000)).encode()
    kind = "application/x-www-form-urlencoded"
    for client in (csrf_client, visitor):
        assert_no_server_error(client, "POST", route, data=body, content_type=kind)
        assert_no_server_error(client, "GET", f"{route}?{body.decode()}")


@pytest.mark.parametrize("route", ["/", "/news/", "/feedback/", "/admin/login/"])
def test_a_huge_query_is_answered(visitor, route):
    assert_no_server_error(visitor, "GET", f"{route}?page={'x' * 500_000}")
    assert_no_server_error(visitor, "GET", f"{route}?{'&' * 100_000}")
    assert_no_server_error(visitor, "GET", f"{route}?{'%' * 50_000}")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b\r\n\r\n--b--",
        b'--b\r\nContent-Disposition: form-data; name="text"; filename="\0"\r\n\r\nx\r\n--b--\r\n',
        b'--b\r\nContent-Disposition: form-data; name="\0"\r\n\r\n\0\r\n--b--\r\n',
        b'--b\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="text"'
        b"\r\n\r\n%%%\r\n--b--\r\n",
        b'--b\r\nContent-Disposition: form-data; name="x"; filename="../../etc/passwd"\r\n'
        b"Content-Type: image/jpeg; charset=hex\r\n\r\nx\r\n--b--\r\n",
        b"--b\r\n" + b"X" * 200_000,
    ],
)
def test_broken_multipart_bodies_are_answered(csrf_client, visitor, teacher, body):
    for client in (csrf_client, visitor, teacher):
        for route in (
            "/feedback/new/",
            "/feedback/status/",
            "/admin/login/",
            "/admin/news/post/add/",
        ):
            assert_no_server_error(
                client, "POST", route, data=body, content_type="multipart/form-data; boundary=b"
            )


def test_nul_and_lone_surrogates_in_a_login_are_answered(visitor):
    for text in ("\0", "%ED%A0%80", "\U0010ffff" * 400):
        assert_no_server_error(
            visitor,
            "POST",
            f"/admin/login/?next=%00{text.replace(chr(0), '%00')}",
            data=f"username={text}&password={text}".encode(),
            content_type="application/x-www-form-urlencoded",
        )


# Generated input ----------------------------------------------------------------------------------

text = st.text(max_size=60)
values = st.one_of(text, st.sampled_from(NUMBERS + PATHS), st.binary(max_size=40))


@given(st.sampled_from(METHODS), st.sampled_from(ROUTES), st.dictionaries(text, text, max_size=4))
def test_any_query_is_answered(visitor, method, route, query):
    assert_no_server_error(visitor, method, route, query_params=dict(replace_surrogates(query)))


def replace_surrogates(entries):
    """Yield the entries with lone surrogates replaced, which UTF-8 cannot encode."""
    for key, value in entries.items():
        yield key.encode(errors="replace").decode(), value.encode(errors="replace").decode()


@given(st.binary(max_size=60))
def test_any_path_is_answered(visitor, path):
    assert_no_server_error(visitor, "GET", "/" + "".join(f"%{byte:02X}" for byte in path))


@given(st.sampled_from(["/news/", "/photos/", "/documents/", "/feedback/"]), text, text)
def test_any_part_of_a_path_is_answered(visitor, start, first, second):
    path = f"{start}{first}/{second}".encode(errors="replace").decode()
    assert_no_server_error(visitor, "GET", path.replace("?", "%3F").replace("#", "%23"))


@given(
    st.sampled_from(["/feedback/new/", "/feedback/status/", "/admin/login/"]),
    st.dictionaries(
        st.sampled_from(FIELDS),
        values,
        max_size=8,
    ),
)
def test_any_form_is_answered(visitor, route, entries):
    response = visitor.post(
        route,
        {
            key: value if isinstance(value, bytes) else value.encode(errors="replace")
            for key, value in entries.items()
        },
    )
    assert response.status_code < 500


@given(
    st.sampled_from(["/feedback/new/", "/feedback/status/", "/admin/login/"]),
    st.binary(max_size=300),
)
def test_any_body_is_answered(visitor, route, body):
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
        assert_no_server_error(visitor, "POST", route, data=body, content_type=kind)


@given(st.binary(max_size=80), st.sampled_from(COOKIES))
def test_any_cookie_is_answered(csrf_client, value, name):
    cookie = f"{name}=".encode() + value
    for route in ("/feedback/receipt/", "/feedback/mine/", "/feedback/new/", "/admin/"):
        assert_no_server_error(csrf_client, "GET", route, HTTP_COOKIE=cookie.decode("latin-1"))


@given(st.binary(max_size=200))
def test_any_content_type_is_answered(visitor, kind):
    kind = "multipart/form-data; " + kind.decode("latin-1")
    assert_no_server_error(visitor, "POST", "/feedback/new/", data=b"--b\r\n", CONTENT_TYPE=kind)
