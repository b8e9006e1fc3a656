"""The order of the list of posts in the admin, read from an index."""

import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0010_photo_library'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.OrderBy(django.db.models.lookups.IsNull(models.F('published_at'), True), descending=True), models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(django.db.models.lookups.IsNull(models.F('submitted_at'), True)), models.OrderBy(models.F('submitted_at')), models.OrderBy(models.F('id'), descending=True), name='post_desk_order'),
        ),
    ]
