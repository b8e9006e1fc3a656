"""Accounts in the admin: keepers look after those of the roles, superusers after all."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from college_site.accounts.roles import AUTHOR, EDITOR, KEEPER, RESTRICTED_QUEUE
from college_site.accounts.roles import ROLES as ALL_ROLES
from tests import factories
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db
LIST = "/admin/auth/user/"
NEW_PASSWORD = "battery staple horse correct"


@pytest.fixture
def keeper():
    return factories.member(KEEPER)


def page_of(user, page="change"):
    return f"{LIST}{user.pk}/{page}/"


def save(by, user, **fields):
    sent = {"username": user.username, "is_active": "on", "is_staff": "on", **fields}
    return log_in(by).post(page_of(user), sent)


def group(name):
    return Group.objects.get(name=name)


def with_more(**fields):
    """An author who may also read suggestions."""
    user = factories.member(AUTHOR, **fields)
    user.user_permissions.add(Permission.objects.get(codename="view_suggestion"))
    return user


def in_another_group():
    user = factories.member(AUTHOR)
    user.groups.add(Group.objects.create(name="Обращения"))
    return user


def test_a_keeper_makes_an_account_and_gives_it_a_role(keeper):
    assert log_in(keeper).get(f"{LIST}add/").context["adminform"].form["is_staff"].value()
    sent = {"username": "petrova", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    person = {"last_name": "Петрова", "is_staff": "on", "groups": [group(EDITOR).pk]}
    log_in(keeper).post(f"{LIST}add/", {**sent, **person, "is_superuser": "on"})
    user = User.objects.get(username="petrova")
    assert (user.is_staff, user.last_name, user.groups.get().name) == (True, "Петрова", EDITOR)
    assert (user.is_superuser, user.check_password(NEW_PASSWORD)) == (False, True)


def test_a_keeper_puts_no_new_account_into_another_group(keeper):
    other = Group.objects.create(name="Обращения")
    sent = {"username": "petrova", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    page = log_in(keeper).post(f"{LIST}add/", {**sent, "groups": [other.pk]})
    assert page.context["adminform"].form.errors.keys() == {"groups"}
    assert not User.objects.filter(username="petrova").exists()


def test_the_list_of_accounts_tells_their_roles_and_no_page_a_hash(keeper):
    author = factories.member(AUTHOR)
    client = log_in(keeper)
    (row,) = [row for row in client.get(LIST).context["cl"].result_list if row.pk == author.pk]
    assert [group.name for group in row.groups.all()] == [AUTHOR]
    assert f">{AUTHOR}<" in client.get(LIST).content.decode()
    page = client.get(page_of(author)).content.decode()
    assert "Задать новый пароль" in page
    assert "алгоритм" not in page


def test_a_keeper_closes_an_account(keeper):
    author = factories.member(AUTHOR)
    save(keeper, author, is_active="")
    assert not User.objects.get(pk=author.pk).is_active


def test_a_keeper_sets_a_new_password_of_an_author(keeper):
    author = factories.member(AUTHOR)
    sent = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    log_in(keeper).post(page_of(author, "password"), sent)
    author.refresh_from_db()
    assert author.check_password(NEW_PASSWORD)


@pytest.mark.parametrize("sent", ["is_superuser", "user_permissions"])
def test_a_keeper_gives_nobody_more_than_a_role(keeper, sent):
    author = factories.member(AUTHOR)
    value = "on" if sent == "is_superuser" else Permission.objects.last().pk
    save(keeper, author, **{sent: value, "groups": [group(AUTHOR).pk]})
    author.refresh_from_db()
    assert not author.is_superuser
    assert not author.user_permissions.exists()


def test_a_keeper_puts_nobody_into_another_group(keeper):
    author, other = factories.member(AUTHOR), Group.objects.create(name="Обращения")
    response = save(keeper, author, groups=[other.pk])
    assert response.status_code == 200
    assert author.groups.get().name == AUTHOR
    assert "Обращения" not in log_in(keeper).get(page_of(author)).content.decode()


STRONGER = {"superuser": factories.staff, "more": with_more, "group": in_another_group}


@pytest.mark.parametrize("make", STRONGER.values(), ids=STRONGER)
@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_a_keeper_does_not_touch_an_account_that_may_more(keeper, make, page):
    user = make()
    sent = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "post": "yes", "username": "x"}
    assert log_in(keeper).post(page_of(user, page), sent).status_code == 403
    stored = User.objects.get(pk=user.pk)
    assert (stored.username, stored.password) == (user.username, user.password)


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_a_keeper_does_not_change_the_own_account(keeper, page):
    sent = {"username": keeper.username, "is_staff": "on", "is_active": "on", "post": "yes"}
    sent["groups"] = [group(name).pk for name in ALL_ROLES]
    assert log_in(keeper).post(page_of(keeper, page), sent).status_code == 403
    assert keeper.groups.get().name == KEEPER


def test_a_keeper_does_not_change_groups(keeper):
    for address in ("/admin/auth/group/", "/admin/auth/group/add/"):
        assert log_in(keeper).get(address).status_code == 403


@pytest.mark.parametrize("role", [AUTHOR, EDITOR])
def test_authors_and_editors_see_no_accounts(role):
    assert log_in(factories.member(role)).get(LIST).status_code == 403


def test_a_superuser_sees_every_field_of_an_account():
    form = log_in(factories.staff()).get(page_of(factories.member(AUTHOR)))
    assert {"is_superuser", "user_permissions"} <= {*form.context["adminform"].form.fields}


# The roles ----------------------------------------------------------------------------------------


def test_the_roles_are_made_once(keeper):
    assert {*Group.objects.values_list("name", flat=True)} == {*ALL_ROLES, RESTRICTED_QUEUE}
    permissions = {*keeper.get_all_permissions()}
    group(KEEPER).permissions.clear()
    Group.objects.filter(name=AUTHOR).delete()
    factories.member(AUTHOR)
    assert {*User.objects.get(pk=keeper.pk).get_all_permissions()} == permissions
    assert Group.objects.count() == len(ALL_ROLES) + 1


@pytest.mark.parametrize("role", [AUTHOR, EDITOR, KEEPER])
def test_no_role_of_the_newsroom_reads_suggestions(role):
    permissions = factories.member(role).get_all_permissions()
    assert permissions
    assert [name for name in permissions if "feedback." in name] == []


@pytest.mark.parametrize("role", ALL_ROLES)
def test_no_role_changes_groups_or_reads_the_restricted_queue(role):
    permissions = factories.member(role).get_all_permissions()
    assert [name for name in permissions if "group" in name or "restricted" in name] == []


def test_a_keeper_cannot_name_readers_of_the_restricted_queue(keeper):
    named = factories.member(RESTRICTED_QUEUE)
    page = log_in(keeper).get(page_of(factories.member(AUTHOR))).content.decode()
    assert RESTRICTED_QUEUE not in page
    assert log_in(keeper).post(page_of(named, "password"), {}).status_code == 403


def test_only_editors_publish():
    assert {
        role
        for role in ALL_ROLES
        if "news.publish_post" in factories.member(role).get_all_permissions()
    } == {EDITOR}
