"""Security headers of responses, and the settings for production."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile

from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "DEBUG",
    "SECURE_PROXY_SSL_HEADER",
)


def policy(response):
    """The directives of the Content-Security-Policy."""
    parts = response.headers["Content-Security-Policy"].split(";")
    return {part.split()[0]: part.split()[1:] for part in parts if part.strip()}


def check_policy(response):
    directives = policy(response)
    assert directives["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "img-src", "font-src", "connect-src"):
        for source in directives[name]:
            assert re.fullmatch(r"'self'|'nonce-[^']+'|'sha256-[^']+'", source), (name, source)
    for name in ("base-uri", "object-src", "frame-ancestors"):
        assert directives[name] == ["'none'"]
    assert directives["form-action"] == ["'self'"]


def check_others(response):
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    for feature in ("camera", "microphone", "geolocation", "payment"):
        assert f"{feature}=()" in headers["Permissions-Policy"]


def test_a_public_page_loads_from_this_site_only(public_page):
    check_policy(public_page.response)


def test_a_public_page_needs_no_nonce(public_page):
    assert "nonce" not in public_page.response.headers["Content-Security-Policy"]


def test_a_public_page_has_every_security_header(public_page):
    response = public_page.response
    check_others(response)
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/news/post/", "/admin/news/post/add/", "/admin/feedback/suggestion/"],
)
def test_an_admin_page_has_every_security_header(staff_client, path):
    response = staff_client.get(path)
    assert response.status_code == 200
    check_policy(response)
    check_others(response)


def test_the_login_page_has_every_security_header(client):
    response = client.get("/admin/login/")
    check_policy(response)
    check_others(response)


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/news/post/", "/admin/news/post/add/", "change"]
)
def test_an_admin_page_has_no_inline_code_without_a_nonce(staff_client, read_page, path):
    post = factories.post()
    factories.photo(post=post, is_cover=True)
    if path == "/admin/login/":
        staff_client.logout()
    path = f"/admin/news/post/{post.pk}/change/" if path == "change" else path
    response = staff_client.get(path)
    assert response.status_code == 200
    nonces = re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    for element in read_page(response).root.all():
        assert element.get("style") is None, element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]
        data = (element.get("type") or "") in ("application/json", "text/x-template")
        if element.name == "script" and not element.get("src") and not data:
            assert element.get("nonce") in nonces
        assert element.name != "style" or element.get("nonce") in nonces


def test_a_nonce_is_used_once(staff_client):
    first, second = (
        staff_client.get("/admin/news/post/add/").headers["Content-Security-Policy"]
        for _ in range(2)
    )
    assert first != second


@pytest.mark.parametrize("path", ["/robots.txt", "/healthz", "/site.webmanifest", "/favicon.ico"])
def test_other_files_have_every_security_header(client, path):
    check_others(client.get(path))


def test_public_pages_set_no_cookie(client, site):
    for path in ("/", "/news/", site.post.get_absolute_url(), site.consent.get_absolute_url()):
        assert not client.get(path).cookies


def test_the_csrf_cookie_is_httponly(client):
    cookie = client.get("/feedback/new/").cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_manifest_names_the_college(client):
    name = "Балаковский политехнический техникум"
    factories.college(name=name)
    manifest = json.loads(client.get("/site.webmanifest").content)
    assert (manifest["name"], manifest["short_name"]) == (name, name[:30])


# Production settings ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def production_settings(tmp_path_factory):
    """The settings of a production site, read in a separate process."""
    code = (
        "import json; from django.conf import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {SETTINGS!r}}}))"
    )
    environ = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "college_site.settings",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "college.example",
        "TRUSTED_PROXIES": "1",
        "DATA_DIR": str(tmp_path_factory.mktemp("production_settings")),
    }
    output = subprocess.run(
        [sys.executable, "-c", code], env=environ, cwd=ROOT, check=True, capture_output=True
    ).stdout
    return json.loads(output)


def test_production_cookies_are_bound_to_host_and_https(production_settings):
    for name in ("SESSION", "CSRF"):
        assert production_settings[f"{name}_COOKIE_NAME"].startswith("__Host-")
        assert production_settings[f"{name}_COOKIE_SECURE"] is True
        assert production_settings[f"{name}_COOKIE_HTTPONLY"] is True
        assert production_settings[f"{name}_COOKIE_SAMESITE"] == "Lax"


def test_production_enforces_https(production_settings):
    assert production_settings["SECURE_SSL_REDIRECT"] is True
    assert production_settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert production_settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert production_settings["SECURE_HSTS_PRELOAD"] is True
    assert production_settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_production_disables_debug_mode(production_settings):
    assert production_settings["DEBUG"] is False


def test_plain_http_is_redirected(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/news/").url == "https://testserver/news/"


def test_the_health_check_works_over_plain_http(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz/x").status_code == 301


def test_the_hsts_header_is_sent_over_https(client, settings):
    settings.SECURE_HSTS_SECONDS = 1000
    assert "max-age=1000" in client.get("/", secure=True).headers["Strict-Transport-Security"]


def test_the_forwarded_protocol_is_ignored_without_proxies(client):
    assert project.SECURE_PROXY_SSL_HEADER is None
    response = client.get("/", HTTP_X_FORWARDED_PROTO="https")
    assert not response.wsgi_request.is_secure()


@pytest.fixture(params=["photo", "photo_card", "logo", "post_card", "college_card"])
def public_picture(request):
    """The address of a picture of each kind that everybody may see."""
    if request.param == "photo":
        return factories.photo().url
    if request.param == "photo_card":
        return factories.photo().card_url
    if request.param == "logo":
        logo = ContentFile(factories.picture_bytes((300, 100)), name="logo.jpg")
        return factories.partner(logo=logo).logo_url
    if request.param == "post_card":
        return f"/cards/{factories.post().slug}.png"
    return "/card.png"


def test_other_sites_may_embed_public_pictures(client, public_picture):
    response = client.get(public_picture)
    b"".join(response)
    assert response.status_code == 200
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_picture_stays_embeddable(client, public_picture):
    factories.college()
    first = client.get(public_picture)
    b"".join(first)
    etag = first.headers["ETag"]
    response = client.get(public_picture, headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_other_sites_may_not_embed_pictures_of_drafts(staff_client):
    photo = factories.photo(post=factories.draft())
    for address in (photo.url, photo.card_url):
        response = staff_client.get(address)
        b"".join(response)
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_other_sites_may_not_embed_documents(client):
    response = client.get(factories.document().get_absolute_url())
    b"".join(response)
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
