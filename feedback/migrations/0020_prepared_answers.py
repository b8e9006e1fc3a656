"""Prepared answers, which staff who answer keep; decisions fit the state."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import feedback.models.answers.prepared

create_roles = import_module("feedback.migrations.0006_roles").create_roles


class Migration(migrations.Migration):
    dependencies = [("feedback", "0019_decisions")]

    operations = [
        migrations.CreateModel(
            name='PreparedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, unique=True, verbose_name='название')),
                ('decision', models.CharField(blank=True, choices=[('accepted', 'Принято'), ('partly', 'Принято частично'), ('declined', 'Отклонено'), ('already', 'Уже так')], help_text='Будет выбрано вместе с текстом; поправить можно перед отправкой.', max_length=10, verbose_name='решение')),
                ('text', models.TextField(help_text='Сайт подставит сам: {номер}, {дата}, {тема}, {срок}, {ответственный}.', max_length=5000, validators=[feedback.models.answers.prepared.check_placeholders], verbose_name='текст')),
                ('topic', models.ForeignKey(blank=True, help_text='Без темы предлагается при каждом ответе.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='prepared_answers', to='feedback.suggestiontopic', verbose_name='тема')),
            ],
            options={
                'verbose_name': 'заготовка ответа',
                'verbose_name_plural': 'заготовки ответов',
                'ordering': ['title'],
            },
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'declined'), ('status', 'declined')), models.Q(('decision__in', ['', 'accepted', 'partly', 'already']), ('status', 'answered')), models.Q(models.Q(('status__in', ['answered', 'declined']), _negated=True), ('decision', '')), _connector='OR'), name='suggestion_decision_of_answer', violation_error_message='Решение есть только у ответа и не спорит с состоянием.'),
        ),
        migrations.RunPython(create_roles, migrations.RunPython.noop),
    ]
