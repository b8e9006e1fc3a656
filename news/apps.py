"""News: event reports, announcements and notices."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Новости"

    def ready(self):
        import news.conditional_pages  # noqa: F401 - connects its signals in the worker, too
        from news.search import index  # noqa: F401 - likewise
