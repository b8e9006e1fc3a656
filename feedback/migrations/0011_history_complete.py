from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("feedback", "0010_link_history")]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='position',
            field=models.PositiveBigIntegerField(editable=False, unique=True, verbose_name='место в истории'),
        ),
    ]
