"""The index of photographs, in full text like that of posts; digests; photographs taken down."""

import django.core.validators
import django.db.models.deletion
import news.models.fulltext
import news.models.media.photos
import re
from django.conf import settings
from django.db import migrations, models

FTS5 = """
CREATE VIRTUAL TABLE news_photoentry USING fts5(
    words, tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = 3
)
"""
GIN = "CREATE INDEX photo_words ON news_photoentry USING gin (words)"
BATCH = 1000


def make_table(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.create_model(apps.get_model("news", "PhotoEntry"))
        schema_editor.execute(GIN)
    else:
        schema_editor.execute(FTS5)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE news_photoentry")


def fill_digests(apps, schema_editor):
    """Photographs that came in another way than as a file had none."""
    Photo = apps.get_model("news", "Photo")
    while photos := list(Photo.objects.filter(digest="").only("pk")[:BATCH]):
        for photo in photos:
            photo.digest = news.models.media.photos.make_digest()
        Photo.objects.bulk_update(photos, ["digest"])


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0009_history_bin_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='PhotoEntry',
                    fields=[
                        ('photo', models.OneToOneField(db_column='rowid', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='search_entry', serialize=False, to='news.photo')),
                        ('words', news.models.fulltext.FullTextField()),
                    ],
                    options={
                        'verbose_name': 'запись указателя фотографий',
                        'verbose_name_plural': 'указатель фотографий',
                    },
                ),
            ],
        ),
        migrations.RunPython(make_table, drop_table),
        migrations.CreateModel(
            name='Takedown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('label', models.CharField(max_length=250, verbose_name='снимок')),
                ('reason', models.TextField(max_length=500, verbose_name='причина')),
                ('uses', models.PositiveIntegerField(default=0, verbose_name='публикаций')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='когда')),
            ],
            options={
                'verbose_name': 'снятый снимок',
                'verbose_name_plural': 'снятые снимки',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AlterField(
            model_name='photo',
            name='alt',
            field=models.CharField(blank=True, help_text='Для тех, кто не видит: «Студент у токарного станка».', max_length=250, validators=[django.core.validators.RegexValidator('^\\s*(?:.*\\.(?:jpe?g|png|gif|hei[cf]|webp|bmp|tiff?|emf|wmf)|(?:img|dsc|dscn|dscf|pxl|mvimg|photo)[-_ ]?\\d.*|(?:whatsapp|viber|telegram)[ _-]image.*|(?:рисунок|изображение|картинка|фото|picture|image)\\s*\\d*|[\\d_\\-. ]+|https?:.*|[a-z]:\\\\.*)\\s*\\Z', 'Это имя файла: оно ничего не говорит о снимке. Напишите, что на нём.', flags=re.RegexFlag['IGNORECASE'] | re.RegexFlag['DOTALL'], inverse_match=True)], verbose_name='что на снимке'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='caption',
            field=models.CharField(blank=True, max_length=250, validators=[django.core.validators.RegexValidator('^\\s*(?:.*\\.(?:jpe?g|png|gif|hei[cf]|webp|bmp|tiff?|emf|wmf)|(?:img|dsc|dscn|dscf|pxl|mvimg|photo)[-_ ]?\\d.*|(?:whatsapp|viber|telegram)[ _-]image.*|(?:рисунок|изображение|картинка|фото|picture|image)\\s*\\d*|[\\d_\\-. ]+|https?:.*|[a-z]:\\\\.*)\\s*\\Z', 'Это имя файла: оно ничего не говорит о снимке. Напишите, что на нём.', flags=re.RegexFlag['IGNORECASE'] | re.RegexFlag['DOTALL'], inverse_match=True)], verbose_name='подпись'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='digest',
            field=models.CharField(default=news.models.media.photos.make_digest, editable=False, max_length=64),
        ),
        migrations.RunPython(fill_digests, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['digest'], name='photo_same_picture'),
        ),
        migrations.AddField(
            model_name='takedown',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто'),
        ),
        migrations.AddConstraint(
            model_name='takedown',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='takedown_has_reason', violation_error_message='Напишите, почему снимок снят с сайта.'),
        ),
    ]
