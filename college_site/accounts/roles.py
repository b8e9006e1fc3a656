"""The roles of staff: groups with these names, made by migrations."""

AUTHOR, EDITOR, KEEPER = "Автор", "Редактор", "Хранитель"
INTAKE, RESPONSIBLE, HEAD = "Приём", "Ответственный", "Руководитель"
ROLES = (AUTHOR, EDITOR, KEEPER, INTAKE, RESPONSIBLE, HEAD)
# Superusers name its people one by one: it is no role that a keeper of accounts may give.
RESTRICTED_QUEUE = "Закрытая очередь"


def has_only_roles(user):
    """Whether the account may nothing but what the roles permit."""
    has_more = user.groups.exclude(name__in=ROLES).exists() or user.user_permissions.exists()
    return not (user.is_superuser or has_more)
