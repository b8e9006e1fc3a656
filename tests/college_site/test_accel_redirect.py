"""Files that nginx sends after a view has allowed it."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from college_site.http.byte_ranges import PROTECTED
from tests import factories

pytestmark = pytest.mark.django_db
NGINX = (Path(django_settings.BASE_DIR) / "deploy" / "nginx.conf").read_text(encoding="utf-8")
# What nginx itself keeps of the headers of such a response.
KEPT = {"Cache-Control", "Content-Disposition", "Content-Type", "Expires", "Set-Cookie"}
KEPT |= {"Accept-Ranges"}


@pytest.fixture(autouse=True)
def _accel_redirect(settings):
    settings.ACCEL_REDIRECT = True


def location():
    return re.search(rf"location {PROTECTED} {{(.*?)\n    }}", NGINX, re.DOTALL)[1]


def stored_path(response, settings):
    name = response.headers["X-Accel-Redirect"].removeprefix(PROTECTED)
    return Path(settings.MEDIA_ROOT) / name


def test_a_public_photograph_is_named_instead_of_sent(client, settings):
    photo = factories.photo()
    response = client.get(photo.url)
    assert response.content == b""
    assert response.headers["Content-Type"] == "image/jpeg"
    assert stored_path(response, settings) == Path(photo.image.path)


def test_a_document_keeps_its_name_and_policy(client, settings):
    document = factories.document(title="Приказ")
    response = client.get(document.get_absolute_url())
    assert stored_path(response, settings) == Path(document.file.path)
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_nothing_names_the_file_of_a_draft(client):
    photo = factories.photo(post=factories.post(published_at=None))
    response = client.get(photo.url)
    assert response.status_code == 404
    assert "X-Accel-Redirect" not in response.headers


def test_a_browser_that_has_the_file_is_told_so(client):
    url = factories.photo().url
    etag = client.get(url).headers["ETag"]
    response = client.get(url, headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert "X-Accel-Redirect" not in response.headers


def test_ranges_are_left_to_nginx(client):
    response = client.get(factories.photo().url, headers={"Range": "bytes=2-5"})
    assert response.status_code == 200
    assert "Content-Range" not in response.headers
    assert "X-Accel-Redirect" in response.headers


def test_only_such_a_header_opens_the_folder_in_nginx(settings):
    assert "        internal;\n" in location()
    folder = re.search(r"alias (.+?)/static/;", NGINX)[1]
    assert f"        alias {folder}/{settings.MEDIA_ROOT.name}/;\n" in location()


@pytest.mark.parametrize("make", [factories.photo, factories.document])
def test_nginx_adds_the_headers_that_it_would_drop(client, make):
    row = make()
    response = client.get(row.url if hasattr(row, "url") else row.get_absolute_url())
    variables = dict(re.findall(r"add_header (\S+) \$(upstream_http_\w+)(?: always)?;", location()))
    for name in set(response.headers) - KEPT - {"X-Accel-Redirect", "Content-Length"}:
        assert variables[name] == f"upstream_http_{name.lower().replace('-', '_')}"
