"""The roles of staff as groups; running it again adds what is missing and takes nothing away."""

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

ALL = ("view", "add", "change", "delete")
OF_POSTS = {
    "post": ("add", "change", "delete"),
    "document": ALL,
    "participation": ALL,
    "video": ALL,
    "topic": ("view",),
    "partner": ("view",),
}
ROLES = {
    "Автор": {"news": OF_POSTS},
    "Редактор": {
        "news": OF_POSTS | {"post": (*ALL, "publish"), "topic": ALL, "partner": ALL},
    },
    "Хранитель": {
        "news": {"topic": ALL, "partner": ALL},
        "college_site": {"college": ("view", "add", "change"), "collegelink": ALL},
        "auth": {"user": ("view", "add", "change")},
    },
}


def create_roles(apps, schema_editor):
    """The permissions are usually made after the last migration: here they are needed earlier."""
    alias = schema_editor.connection.alias
    for label in ("news", "college_site", "auth"):
        config = apps.get_app_config(label)
        config.models_module = getattr(config, "models_module", True)  # a stub has none
        create_permissions(config, apps=apps, verbosity=0, using=alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, models_of_app in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        for label, actions_of_model in models_of_app.items():
            codenames = [f"{a}_{model}" for model, actions in actions_of_model.items() for a in actions]
            permissions = apps.get_model("auth", "Permission").objects.using(alias)
            found = permissions.filter(content_type__app_label=label, codename__in=codenames)
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0003_review"),
        ("college_site", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
