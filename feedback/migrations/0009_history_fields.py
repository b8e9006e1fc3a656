import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('feedback', '0008_roles_of_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoryHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveBigIntegerField(default=0)),
                ('link', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'default_permissions': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='history_head_single_row', violation_error_message='Конец истории один на весь журнал.')],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='position',
            field=models.PositiveBigIntegerField(editable=False, null=True, unique=True, verbose_name='место в истории'),
        ),
        migrations.AddField(
            model_name='event',
            name='link',
            field=models.CharField(default='', editable=False, max_length=64, verbose_name='звено'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='text_salt',
            field=models.CharField(blank=True, default='', editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='text_commitment',
            field=models.CharField(default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='person_salt',
            field=models.CharField(blank=True, default='', editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='person_commitment',
            field=models.CharField(default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='contact_salt',
            field=models.CharField(blank=True, default='', editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='contact_commitment',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('received', 'Предложение принято'), ('quarantined', 'Отложено на проверку'), ('released', 'Проверено и принято в работу'), ('taken_up', 'Взято в работу'), ('question', 'Вопрос автору'), ('reply', 'Ответ автора'), ('extended', 'Срок продлён'), ('forwarded', 'Передано тем, кто решает вопрос'), ('answered', 'Дан ответ'), ('declined', 'Отклонено с объяснением'), ('withdrawn', 'Отозвано автором'), ('rated', 'Автор оценил ответ'), ('reopened', 'Автор попросил рассмотреть ещё раз'), ('published', 'Опубликовано с ответом'), ('hidden', 'Снято с публикации'), ('restricted', 'Перенесено в закрытую очередь'), ('opened_up', 'Возвращено в общую очередь'), ('assigned', 'Назначен ответственный'), ('note', 'Заметка для сотрудников')], max_length=20, verbose_name='что произошло'),
        ),
        migrations.AlterField(
            model_name='event',
            name='staff',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='сотрудник'),
        ),
    ]
