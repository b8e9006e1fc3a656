"""Who may see what visitors may not: the one decision for pages, files and the admin."""

from django.contrib.auth import get_permission_codename


def is_staff_today(user):
    return user.is_active and user.is_staff


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
