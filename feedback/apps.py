"""«Решаем вместе»: suggestions and their answers."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Решаем вместе"

    def ready(self):
        from college_site.freshness import watch

        watch(self.get_model("Consent"))
