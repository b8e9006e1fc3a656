"""Decisions, promises, letters about them; what was refused before is declined."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def decide_refusals(apps, schema_editor):
    suggestions = apps.get_model("feedback", "Suggestion").objects
    suggestions.using(schema_editor.connection.alias).filter(status="declined").update(decision="declined")


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0018_suggestion_words'),
        ('news', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('suggestion', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='feedback.suggestion', verbose_name='предложение')),
                ('text', models.CharField(max_length=500, verbose_name='что сделаем')),
                ('due_on', models.DateField(verbose_name='до какого дня')),
                ('promised_on', models.DateField(verbose_name='обещано')),
                ('state', models.CharField(choices=[('open', 'Обещано'), ('fulfilled', 'Выполнено'), ('cancelled', 'Отменено с объяснением')], default='open', max_length=10, verbose_name='состояние')),
                ('closed_on', models.DateField(null=True, verbose_name='выполнено или отменено')),
                ('result', models.TextField(blank=True, max_length=2000, verbose_name='что вышло')),
            ],
            options={
                'verbose_name': 'обещание',
                'verbose_name_plural': 'обещания',
                'default_permissions': [],
            },
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_says_why',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_known_kind',
        ),
        migrations.RemoveConstraint(
            model_name='staffmail',
            name='staff_mail_known_kind',
        ),
        migrations.AddField(
            model_name='suggestion',
            name='decision',
            field=models.CharField(blank=True, choices=[('accepted', 'Принято'), ('partly', 'Принято частично'), ('declined', 'Отклонено'), ('already', 'Уже так')], editable=False, max_length=10, verbose_name='решение'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='content_type',
            field=models.CharField(max_length=100, verbose_name='вид'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('received', 'Предложение принято'), ('quarantined', 'Отложено на проверку'), ('released', 'Проверено и принято в работу'), ('taken_up', 'Взято в работу'), ('question', 'Вопрос автору'), ('reply', 'Ответ автора'), ('extended', 'Срок продлён'), ('forwarded', 'Передано тем, кто решает вопрос'), ('answered', 'Дан ответ'), ('declined', 'Отклонено с объяснением'), ('decided', 'Решение'), ('fulfilled', 'Обещание выполнено'), ('cancelled', 'Обещание отменено'), ('withdrawn', 'Отозвано автором'), ('rated', 'Автор оценил ответ'), ('reopened', 'Автор попросил рассмотреть ещё раз'), ('published', 'Опубликовано с ответом'), ('hidden', 'Снято с публикации'), ('restricted', 'Перенесено в закрытую очередь'), ('opened_up', 'Возвращено в общую очередь'), ('assigned', 'Назначен ответственный'), ('note', 'Заметка для сотрудников'), ('read', 'Прочитано: закрытая очередь'), ('contact_read', 'Прочитан адрес автора'), ('contact_erased', 'Почта автора стёрта'), ('erased', 'Личные данные уничтожены'), ('topic_changed', 'Тема изменена'), ('undone', 'Отменено сотрудником')], max_length=20, verbose_name='что произошло'),
        ),
        migrations.AlterField(
            model_name='staffmail',
            name='kind',
            field=models.CharField(choices=[('ten_days', 'До срока десять дней'), ('three_days', 'До срока три дня'), ('today', 'Срок сегодня'), ('overdue', 'Срок прошёл'), ('promise', 'Срок обещания прошёл'), ('digest', 'Сводка на утро'), ('weekly', 'Сводка за неделю')], max_length=10, verbose_name='о чём'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'quarantined', 'released', 'taken_up', 'question', 'reply', 'extended', 'forwarded', 'answered', 'declined', 'decided', 'fulfilled', 'cancelled', 'withdrawn', 'rated', 'reopened', 'published', 'hidden', 'restricted', 'opened_up', 'assigned', 'note', 'read', 'contact_read', 'contact_erased', 'erased', 'topic_changed', 'undone'])), name='event_known_kind', violation_error_message='Выберите, что произошло, из списка.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('kind__in', ['question', 'reply', 'extended', 'forwarded', 'answered', 'declined', 'decided', 'fulfilled', 'cancelled', 'reopened', 'assigned', 'note', 'topic_changed']), _negated=True), _connector='OR'), name='event_says_why', violation_error_message='Напишите текст: автор увидит его в истории предложения.'),
        ),
        migrations.AddConstraint(
            model_name='staffmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['ten_days', 'three_days', 'today', 'overdue', 'promise']), ('suggestion__isnull', False)), models.Q(('kind__in', ['digest', 'weekly']), ('suggestion__isnull', True)), _connector='OR'), name='staff_mail_known_kind', violation_error_message='Напоминание — о предложении, сводка — обо всех.'),
        ),
        migrations.AddField(
            model_name='promise',
            name='result_post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='news.post', verbose_name='публикация'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='promise_due'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('result', ''), ('state', 'open')), models.Q(('closed_on__isnull', False), ('state__in', ['fulfilled', 'cancelled']), models.Q(('result', ''), _negated=True)), _connector='OR'), name='promise_closed_with_words', violation_error_message='Напишите, что сделано или почему не получилось.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='promise_has_words', violation_error_message='Напишите, что будет сделано.'),
        ),
        migrations.RunPython(decide_refusals, migrations.RunPython.noop),
    ]
