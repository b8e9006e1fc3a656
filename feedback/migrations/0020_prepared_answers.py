"""The decision fits the state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0019_decisions")]

    operations = [
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'declined'), ('status', 'declined')), models.Q(('decision__in', ['', 'accepted', 'partly', 'already']), ('status', 'answered')), models.Q(models.Q(('status__in', ['answered', 'declined']), _negated=True), ('decision', '')), _connector='OR'), name='suggestion_decision_of_answer', violation_error_message='Решение есть только у ответа и не спорит с состоянием.'),
        ),
    ]
