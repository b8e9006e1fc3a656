"""The search index: an FTS5 table on SQLite, a tsvector column with a GIN index on PostgreSQL."""

import django.db.models.deletion
import news.models.fulltext
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

    dependencies = [
        ('news', '0001_initial'),
    ]

    operations = [
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
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('stem', models.CharField(db_index=True, max_length=40)),
            ],
            options={
                'verbose_name': 'слово публикаций',
                'verbose_name_plural': 'слова публикаций',
            },
        ),
    ]
