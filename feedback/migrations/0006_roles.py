"""The roles of the answer desk as groups; running it again adds what is missing.

Who could read or change suggestions before may do all that the new permissions divide.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ALL = ("view", "add", "change", "delete")
READ = ("view_suggestion", "change_suggestion", "view_suggestiontopic")
PREPARED = tuple(f"{action}_preparedanswer" for action in ALL)  # from 0020 on
OWN_PREPARED = PREPARED[:3]
DIVIDED = ("view_queue", "assign_suggestion", "answer_suggestion")
OF_HEAD = (
    *(f"{action}_suggestiontopic" for action in ALL),
    *(f"{action}_publication" for action in ALL),
    *("view_consent", "add_consent", "change_consent"),
    *("view_mail", "change_mail", "view_ratelimitspan"),
    "view_staffmail",  # from 0007 on
    *("view_contact", "purge_suggestion", "export_suggestion"),  # from 0012 on
    *PREPARED,
)
ROLES = {
    "Приём": (*READ, "view_queue", "assign_suggestion", "view_preparedanswer"),
    "Ответственный": (*READ, "answer_suggestion", *OWN_PREPARED),
    "Руководитель": (*READ, *DIVIDED, *OF_HEAD),
    "Закрытая очередь": (
        *(*READ, "answer_suggestion", "view_restricted", "view_contact"),
        *OWN_PREPARED,
    ),
}


def find_permissions(apps, alias, codenames):
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.filter(content_type__app_label="feedback", codename__in=codenames)


def create_roles(apps, schema_editor):
    """The permissions are usually made after the last migration: here they are needed earlier."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("feedback")
    config.models_module = getattr(config, "models_module", True)  # a stub has none
    create_permissions(config, apps=apps, verbosity=0, using=alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, codenames in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*find_permissions(apps, alias, codenames))


def divide_permissions(apps, schema_editor):
    alias = schema_editor.connection.alias
    for codename, gained in (
        ("view_suggestion", ["view_queue"]),
        ("change_suggestion", DIVIDED),
    ):
        new = find_permissions(apps, alias, gained)
        for old in find_permissions(apps, alias, [codename]):
            for group in old.group_set.exclude(name__in=ROLES):
                group.permissions.add(*new)
            for user in old.user_set.all():
                user.user_permissions.add(*new)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0005_responsible"), ("contenttypes", "0002_remove_content_type_name"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(create_roles, migrations.RunPython.noop),
        migrations.RunPython(divide_permissions, migrations.RunPython.noop),
    ]
