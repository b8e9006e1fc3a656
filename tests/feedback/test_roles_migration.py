"""Accounts that worked with suggestions before the roles existed."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection

from college_site.accounts.roles import INTAKE
from tests import factories

pytestmark = pytest.mark.django_db
roles = import_module("feedback.migrations.0006_roles")
DIVIDED = {f"feedback.{name}" for name in roles.DIVIDED}


def migrate():
    for change in (roles.create_roles, roles.divide_permissions):
        change(apps, SimpleNamespace(connection=connection))


def gained(user):
    return {*User.objects.get(pk=user.pk).get_all_permissions()} & DIVIDED


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("change_suggestion", DIVIDED),
        ("view_suggestion", {"feedback.view_queue"}),
        ("view_publication", set()),
    ],
)
def test_who_worked_with_suggestions_before_loses_nothing(right, expected):
    alone, in_group = factories.staff_with(right), factories.staff_with()
    group = Group.objects.create(name="Приёмная")
    group.permissions.add(Permission.objects.get(codename=right))
    in_group.groups.add(group)
    migrate()
    assert gained(alone) == gained(in_group) == expected


def test_a_second_run_gives_no_role_more():
    member = factories.member(INTAKE)
    before = gained(member)
    migrate()
    assert gained(member) == before == {"feedback.view_queue", "feedback.assign_suggestion"}
