"""The roles of staff: groups with these names, made by a migration."""

AUTHOR, EDITOR, KEEPER = "Автор", "Редактор", "Хранитель"
ROLES = (AUTHOR, EDITOR, KEEPER)


def has_only_roles(user):
    """Whether the account may nothing but what the roles permit."""
    has_more = user.groups.exclude(name__in=ROLES).exists() or user.user_permissions.exists()
    return not (user.is_superuser or has_more)
