"""«Решаем вместе»: suggestions and their answers."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Решаем вместе"

    def ready(self):
        import feedback.conditional_pages  # noqa: F401 - connects its signals in the worker, too
