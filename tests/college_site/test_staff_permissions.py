"""Files that are not public: for staff of today with the permission, for nobody else."""

import pytest
from django.contrib.auth.models import Permission, User

from news.models import Post
from tests import factories

pytestmark = pytest.mark.django_db
HASH = "0" * 64


def photo():
    return factories.photo(post=factories.draft()).url


def photo_card():
    return factories.photo(post=factories.draft()).card_url


def document():
    return factories.document(post=factories.draft()).get_absolute_url()


def attachment():
    attached = factories.attachment(HASH)
    factories.suggestion(staging_hash=HASH)
    return attached.get_absolute_url()


def restricted_attachment():
    attached = factories.attachment(HASH)
    factories.suggestion(staging_hash=HASH, is_restricted=True)
    return attached.get_absolute_url()


FILES = [photo, photo_card, document, attachment, restricted_attachment]


def status_for(client, account, address):
    """The status of a file for this account; the file is read to its end."""
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    response.getvalue()
    return response.status_code


def account(*permissions, **fields):
    user = User.objects.create_user("account", **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


EVERY_PERMISSION = (
    "view_post",
    "change_post",
    "view_suggestion",
    "view_queue",
    "view_restricted",
)


@pytest.mark.parametrize("file", FILES)
def test_staff_with_the_permissions_get_the_file(client, file):
    reader = account(*EVERY_PERMISSION, is_staff=True)
    assert status_for(client, reader, file()) == 200


@pytest.mark.parametrize("file", FILES)
def test_former_staff_with_the_permissions_do_not_get_the_file(client, file):
    former = account(*EVERY_PERMISSION, is_staff=False)
    assert status_for(client, former, file()) == 404


@pytest.mark.parametrize("file", FILES)
def test_a_former_superuser_does_not_get_the_file(client, file):
    former = account(is_superuser=True)
    assert status_for(client, former, file()) == 404


@pytest.mark.parametrize("file", FILES)
def test_a_disabled_account_does_not_get_the_file(client, file):
    disabled = account(*EVERY_PERMISSION, is_staff=True, is_active=False)
    assert status_for(client, disabled, file()) == 404


@pytest.mark.parametrize("file", FILES)
def test_staff_without_the_permissions_do_not_get_the_file(client, file):
    assert status_for(client, account("view_mail", is_staff=True), file()) == 404


@pytest.mark.parametrize("file", [photo, photo_card, document])
def test_the_permission_to_publish_includes_that_to_view(client, file):
    editor = account("change_post", "publish_post", is_staff=True)
    assert status_for(client, editor, file()) == 200


@pytest.mark.parametrize("file", [photo, photo_card, document])
def test_an_author_gets_only_the_files_of_own_drafts(client, file):
    author, address = account("change_post", is_staff=True), file()
    assert status_for(client, author, address) == 404
    Post.objects.update(author=author)
    assert status_for(client, author, address) == 200


def test_a_photo_that_is_not_saved_is_for_its_user_only(client):
    user = account("add_post", is_staff=True)
    address = factories.photo(autosave=factories.autosave(user=user)).url
    assert status_for(client, factories.staff(), address) == 404
    assert status_for(client, user, address) == 200
    user.is_staff = False
    user.save()
    assert status_for(client, user, address) == 404
