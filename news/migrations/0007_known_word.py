"""The college's own dictionary, which editors may change."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def permit_editors(apps, schema_editor):
    """The permissions are usually made after the last migration: here they are needed earlier."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("news")
    config.models_module = getattr(config, "models_module", True)  # a stub has none
    create_permissions(config, apps=apps, verbosity=0, using=alias)
    group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name="Редактор")
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    group.permissions.add(
        *permissions.filter(content_type__app_label="news", codename__endswith="_knownword")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0006_handout'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='В начальной форме: тогда известны все его формы.', max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[а-яё]{2,}(-[а-яё]+)*\\Z', 'Одно русское слово строчными буквами, например «демоэкзамен».')], verbose_name='слово')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='добавлено')),
                ('added_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто добавил')),
            ],
            options={
                'verbose_name': 'слово словаря',
                'verbose_name_plural': 'словарь колледжа',
                'ordering': ['word'],
                'constraints': [models.CheckConstraint(condition=models.Q(('word', ''), _negated=True), name='known_word_is_not_empty', violation_error_message='Напишите слово.')],
            },
        ),
        migrations.RunPython(permit_editors, migrations.RunPython.noop),
    ]
