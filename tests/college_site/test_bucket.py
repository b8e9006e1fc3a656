"""Files in a bucket instead of the disk: the same views, the same rules."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from college_site import environment
from college_site.uploads.pictures.renditions import delete_picture, make_renditions
from feedback.models import Attachment
from feedback.staged_files import stage_uploads
from tests import factories
from tests.cluster.bucket import serve_bucket


@pytest.fixture(scope="module")
def address():
    with serve_bucket() as found:
        yield found


@pytest.fixture
def bucket(address, settings, monkeypatch):
    """Lets the site keep files in the bucket."""
    monkeypatch.setenv("MEDIA_BUCKET", address)
    backend = environment.bucket("MEDIA_BUCKET")
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    yield default_storage
    default_storage.connection.meta.client.close()


def body(response):
    return b"".join(response)


@pytest.mark.django_db
def test_a_photograph_in_a_bucket_is_served_by_its_page(bucket, client, media_root):
    photo = factories.photo()
    response = client.get(photo.url)
    with bucket.open(photo.image.name) as file:
        assert body(response) == file.read()
    assert response.headers["Content-Type"] == "image/jpeg"
    assert not media_root.exists()


@pytest.mark.django_db
def test_a_draft_in_a_bucket_is_shown_to_nobody(bucket, client):
    photo = factories.photo(post=factories.post(published_at=None))
    assert bucket.exists(photo.image.name)
    assert client.get(photo.url).status_code == 404


@pytest.mark.django_db
def test_a_browser_that_has_a_file_of_a_bucket_is_told_so(bucket, client):
    document = factories.document().get_absolute_url()
    first = client.get(document)
    etag = first.headers["ETag"]
    assert body(first)
    assert client.get(document, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.django_db
def test_a_range_of_a_file_in_a_bucket_is_answered_206(bucket, client):
    document = factories.document().get_absolute_url()
    whole = body(client.get(document))
    response = client.get(document, headers={"Range": "bytes=2-5"})
    assert (response.status_code, body(response)) == (206, whole[2:6])


@pytest.mark.django_db
def test_files_of_a_bucket_are_not_left_to_nginx(bucket, client, settings):
    settings.ACCEL_REDIRECT = True
    response = client.get(factories.photo().url)
    assert "X-Accel-Redirect" not in response.headers
    assert len(body(response)) > 0


@pytest.mark.django_db
def test_a_file_that_a_bucket_lacks_is_a_404(bucket, client, caplog):
    photo = factories.photo()
    bucket.delete(photo.image.name)
    assert client.get(photo.url).status_code == 404
    assert "is missing from the storage" in caplog.text


@pytest.mark.django_db
def test_renditions_are_made_and_deleted_in_a_bucket(bucket):
    photo = factories.photo()
    make_renditions(photo.image.name)
    folder = photo.image.name.rpartition("/")[0]
    assert len(bucket.listdir(folder)[1]) > 1
    delete_picture(photo.image.name, photo.width)
    assert bucket.listdir(folder) == ([], [])


@pytest.mark.django_db
def test_a_file_of_a_suggestion_can_lie_in_a_bucket(bucket, media_root):
    stage_uploads([SimpleUploadedFile("a.png", factories.picture_bytes(format="PNG"))], "0" * 64)
    attachment = Attachment.objects.get()
    assert bucket.size(attachment.file.name) == attachment.size
    assert not media_root.exists()


# The setting --------------------------------------------------------------------------------------


def read(monkeypatch, value):
    monkeypatch.setenv("MEDIA_BUCKET", value)
    return environment.bucket("MEDIA_BUCKET")


def test_without_a_bucket_files_lie_on_the_disk(monkeypatch):
    assert read(monkeypatch, "") is None


def test_a_bucket_is_one_address_with_its_key(monkeypatch):
    options = read(monkeypatch, "s3://key:a%2Fb@s3.example.com/files?region=ru-1")["OPTIONS"]
    assert options["endpoint_url"] == "https://s3.example.com"
    assert options["secret_key"] == "a/b"
    assert (options["bucket_name"], options["region_name"]) == ("files", "ru-1")


@pytest.mark.parametrize(
    "value", ["files", "s3://host/files", "s3://key:secret@host", "https://key:secret@host/files"]
)
def test_a_wrong_bucket_is_explained_without_its_secret(monkeypatch, value):
    with pytest.raises(ImproperlyConfigured, match="expected an address as s3://") as raised:
        read(monkeypatch, value)
    assert "secret@host" not in str(raised.value)
