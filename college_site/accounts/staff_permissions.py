"""Who may see what visitors may not: the one decision for pages, files and the admin."""

from django.contrib.auth import get_permission_codename

from college_site.accounts.second_step import has_passed


def is_staff_today(user):
    """Whether the user is a member of staff whose login is complete."""
    return user.is_active and user.is_staff and has_passed(user)


def is_permitted(user, permission):
    """Whether the user is a member of staff today and has the permission.

    Django's has_perm() alone also says yes to former staff, whose permissions are still stored.
    """
    return is_staff_today(user) and user.has_perm(permission)


def may_change(user, model):
    return is_permitted(user, f"{model._meta.app_label}.change_{model._meta.model_name}")


def may_view(user, model):
    """Whether the user may see the rows of a model that visitors may not, as in the admin.

    The permission to change rows includes that to view them.
    """
    names = (get_permission_codename(action, model._meta) for action in ("view", "change"))
    return any(is_permitted(user, f"{model._meta.app_label}.{name}") for name in names)
