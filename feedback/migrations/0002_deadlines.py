"""Columns of the deadlines; the next migration fills them."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="limit_on",
            field=models.DateField(editable=False, null=True, verbose_name="предельный срок"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="paused_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="срок стоит с"),
        ),
        migrations.AddField(
            model_name="suggestiontopic",
            name="answer_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="Календарных дней со дня, когда предложение принято; не больше 30. Новый срок действует для новых предложений.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="срок ответа, дней",
            ),
        ),
    ]
