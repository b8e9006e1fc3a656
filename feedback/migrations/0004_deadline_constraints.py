"""Every suggestion has its deadlines now: the database refuses others."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_deadlines_of_rows")]

    operations = [
        migrations.AlterField(
            model_name="suggestion",
            name="limit_on",
            field=models.DateField(editable=False, verbose_name="предельный срок"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                name="suggestion_due_within_limit",
                condition=Q(due_on__lte=F("limit_on")),
                violation_error_message="Срок для сотрудников не бывает позже предельного.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                name="suggestion_paused_while_waiting",
                condition=Q(status="waiting", paused_on__isnull=False)
                | (~Q(status="waiting") & Q(paused_on__isnull=True)),
                violation_error_message="Срок стоит, пока предложение ждёт ответа автора.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestiontopic",
            constraint=models.CheckConstraint(
                name="topic_answer_within_term",
                condition=Q(answer_days__gte=1, answer_days__lte=30),
                violation_error_message="Срок ответа — от 1 до 30 дней.",
            ),
        ),
    ]
