"""The tables of the newsroom; the search index is FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

import college_site.uploads.documents
import college_site.uploads.pictures.images
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import news.models.fulltext
import news.models.media.videos
from django.db import migrations, models


# Tokens come ready-made, so the tokenizer only splits them at spaces. Positions are not needed;
# a prefix of three letters, the shortest there is, has an index of its own.
FTS5 = """
CREATE VIRTUAL TABLE news_searchentry USING fts5(
    title UNINDEXED, lead UNINDEXED, extra UNINDEXED, words,
    tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = 3
)
"""
GIN = "CREATE INDEX search_words ON news_searchentry USING gin (words)"


def make_table(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.create_model(apps.get_model("news", "SearchEntry"))
        schema_editor.execute(GIN)
    else:
        schema_editor.execute(FTS5)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE news_searchentry")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='название')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='адрес')),
                ('description', models.TextField(blank=True, verbose_name='чем занимается')),
                ('site', models.URLField(blank=True, verbose_name='сайт')),
                ('logo', college_site.uploads.pictures.images.PictureField(blank=True, help_text='JPEG, PNG, WebP; прозрачное станет белым. Без логотипа страница не теряет вида.', max_length=120, upload_to=college_site.uploads.pictures.images.master_path, verbose_name='логотип')),
                ('width', models.PositiveIntegerField(default=0, editable=False)),
                ('height', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'партнёр',
                'verbose_name_plural': 'партнёры',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('report', 'Репортаж'), ('announcement', 'Анонс'), ('notice', 'Объявление')], default='report', max_length=12, verbose_name='вид')),
                ('title', models.CharField(max_length=250, verbose_name='заголовок')),
                ('slug', models.SlugField(blank=True, help_text='Последняя часть адреса страницы. Пустое поле заполнится из заголовка.', max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^\\d+(-\\d+)*$', 'Адрес не может состоять из одних цифр: такие адреса заняты архивом.', inverse_match=True)], verbose_name='адрес')),
                ('lead', models.TextField(blank=True, help_text='Одно-два предложения: что, где и когда. Стоит и в списке новостей.', max_length=500, verbose_name='лид')),
                ('body', models.TextField(blank=True, verbose_name='текст')),
                ('event_date', models.DateField(blank=True, null=True, verbose_name='дата события')),
                ('event_end_date', models.DateField(blank=True, help_text='Если событие длится больше одного дня.', null=True, verbose_name='последний день')),
                ('event_time', models.TimeField(blank=True, null=True, verbose_name='начало')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='место')),
                ('published_at', models.DateTimeField(blank=True, help_text='Чтобы публикация вышла сама, укажите время в будущем и сохраните её. Чтобы опубликовать кнопкой внизу, оставьте пустым.', null=True, verbose_name='дата и время выхода')),
                ('withdrawn_from', models.DateTimeField(editable=False, null=True, verbose_name='прежнее время выхода')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='создано')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='изменено')),
                ('announcement', models.ForeignKey(blank=True, db_index=False, help_text='Для репортажа: страницы анонса и репортажа сошлются друг на друга.', limit_choices_to={'kind': 'announcement'}, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='news.post', verbose_name='анонс этого события')),
            ],
            options={
                'verbose_name': 'публикация',
                'verbose_name_plural': 'публикации',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, unique=True, verbose_name='название')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='адрес')),
                ('description', models.CharField(blank=True, max_length=250, verbose_name='о чём эта тема')),
            ],
            options={
                'verbose_name': 'тема',
                'verbose_name_plural': 'темы',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('lemma', models.CharField(db_index=True, max_length=40)),
            ],
            options={
                'verbose_name': 'слово публикаций',
                'verbose_name_plural': 'слова публикаций',
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_host', models.BooleanField(default=False, verbose_name='организатор')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='порядок')),
                ('kind', models.CharField(default='report', editable=False, max_length=12)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='news.partner', verbose_name='партнёр')),
            ],
            options={
                'verbose_name': 'участник',
                'verbose_name_plural': 'организации-участники',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='SearchEntry',
                    fields=[
                        ('post', models.OneToOneField(db_column='rowid', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='search_entry', serialize=False, to='news.post')),
                        ('title', models.TextField()),
                        ('lead', models.TextField()),
                        ('extra', models.TextField()),
                        ('words', news.models.fulltext.FullTextField()),
                    ],
                    options={
                        'verbose_name': 'запись поискового указателя',
                        'verbose_name_plural': 'поисковый указатель',
                    },
                ),
            ],
        ),
        migrations.RunPython(make_table, drop_table),
        migrations.AddField(
            model_name='post',
            name='partners',
            field=models.ManyToManyField(blank=True, related_name='posts', through='news.Participation', to='news.partner'),
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', college_site.uploads.pictures.images.PictureField(max_length=120, upload_to=college_site.uploads.pictures.images.master_path, verbose_name='фотография')),
                ('width', models.PositiveIntegerField(default=0, editable=False)),
                ('height', models.PositiveIntegerField(default=0, editable=False)),
                ('renditions_due_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ('rendition_attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('alt', models.CharField(blank=True, help_text='Для тех, кто не видит: «Студент у токарного станка». Пусто, если снимок лишь украшает.', max_length=250, verbose_name='что на снимке')),
                ('caption', models.CharField(blank=True, max_length=250, verbose_name='подпись')),
                ('credit', models.CharField(blank=True, max_length=100, verbose_name='автор снимка')),
                ('is_cover', models.BooleanField(default=False, help_text='Без отметки обложкой станет первая фотография.', verbose_name='обложка')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='порядок')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='news.post')),
            ],
            options={
                'verbose_name': 'фотография',
                'verbose_name_plural': 'фотографии',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='participation',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='news.post'),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='название')),
                ('file', college_site.uploads.documents.DocumentField(max_length=120, upload_to=college_site.uploads.documents.document_path, verbose_name='файл')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('pptx', 'PPTX')], editable=False, max_length=4, verbose_name='вид')),
                ('size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='размер, байт')),
                ('pages', models.PositiveIntegerField(editable=False, null=True, verbose_name='страниц')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='порядок')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='news.post')),
            ],
            options={
                'verbose_name': 'документ',
                'verbose_name_plural': 'документы',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='post',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='news.topic', verbose_name='тема'),
        ),
        migrations.CreateModel(
            name='Video',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', news.models.media.videos.VideoAddressField(help_text='Со страницы видео на RuTube или VK Видео, или код для вставки.', max_length=2000, verbose_name='адрес видео')),
                ('title', models.CharField(max_length=150, verbose_name='название')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='порядок')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='videos', to='news.post')),
                ('still', models.ForeignKey(blank=True, help_text='Одна из фотографий этой публикации; в галерее её тогда не будет.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='news.photo', verbose_name='заставка')),
            ],
            options={
                'verbose_name': 'видео',
                'verbose_name_plural': 'видео',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('renditions_due_at__isnull', False)), fields=['renditions_due_at'], name='photo_renditions_due'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(condition=models.Q(('is_cover', True)), fields=('post',), name='photo_one_cover', violation_error_message='Обложка у публикации одна: снимите лишнюю отметку.'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('height__gt', 0), ('width__gt', 0)), name='photo_measured', violation_error_message='Размеры снимка неизвестны: загрузите его ещё раз.'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['partner', '-published_at', '-post'], name='participation_newest'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['partner', 'kind', '-published_at', '-post'], name='participation_newest_of_kind'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('post', 'partner'), name='participation_once', violation_error_message='Эта организация уже есть среди участников.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx', 'xlsx', 'pptx']), ('size__gt', 0)), name='document_recognised', violation_error_message='Документ не распознан: загрузите его ещё раз.'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['-published_at', '-id'], name='post_newest'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['kind', '-published_at', '-id'], name='post_newest_of_kind'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['topic', '-published_at', '-id'], name='post_newest_of_topic'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['topic', 'kind', '-published_at', '-id'], name='post_newest_of_topic_and_kind'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('announcement__isnull', False)), fields=['announcement', '-published_at'], name='post_reports_of_announcement'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('kind'), django.db.models.functions.comparison.Coalesce('event_end_date', 'event_date'), name='post_by_last_day'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('event_end_date__isnull', True), models.Q(('event_date__isnull', False), ('event_end_date__gte', models.F('event_date'))), _connector='OR'), name='post_event_ends_after_start', violation_error_message='Последний день не может быть раньше даты события.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('event_time__isnull', True), ('event_date__isnull', False), _connector='OR'), name='post_event_time_has_date', violation_error_message='Укажите дату события: у него есть время начала.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'announcement'), _negated=True), ('event_date__isnull', False), ('published_at__isnull', True), _connector='OR'), name='post_announcement_has_date', violation_error_message='Без даты события анонс не опубликовать: укажите её.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('announcement__isnull', True), ('kind', 'report'), _connector='OR'), name='post_report_has_announcement', violation_error_message='Анонс события указывают только у репортажа.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('announcement__isnull', True), models.Q(('announcement', models.F('id')), _negated=True), _connector='OR'), name='post_is_not_its_announcement', violation_error_message='Публикация не может быть анонсом самой себя.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['report', 'announcement', 'notice'])), name='post_known_kind', violation_error_message='Выберите вид: репортаж, анонс или объявление.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='post_has_slug', violation_error_message='Адрес не получился из заголовка: напишите его латиницей.'),
        ),
        migrations.AddConstraint(
            model_name='video',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Left('address', 18), models.Value('https://rutube.ru/')), django.db.models.lookups.Exact(django.db.models.functions.text.Left('address', 19), models.Value('https://vkvideo.ru/')), _connector='OR'), name='video_on_known_host', violation_error_message='Видео берут с RuTube или VK Видео.'),
        ),
        migrations.AddConstraint(
            model_name='video',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='video_has_title', violation_error_message='Напишите, что на видео.'),
        ),
    ]
