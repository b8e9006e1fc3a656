"""News: event reports, announcements and notices."""

from django.apps import AppConfig

from college_site.registry import registry


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Новости"

    def ready(self):
        import news.conditional_pages  # noqa: F401 - connects its signals in the worker, too
        from news.admin.desk import missing_reports
        from news.feeds import sitemaps
        from news.models.autosaves import delete_expired_autosave
        from news.photos.rendition_job import render_due_photo
        from news.search import index

        registry.periodic_jobs += [render_due_photo, delete_expired_autosave]
        registry.desk_panels.append(missing_reports)
        registry.search_indexes["news"] = index.rebuild
        registry.sitemaps.append(sitemaps.paths)
        registry.pages += [
            *("news:home", "news:post_list", "news:topic_list"),
            *("news:partner_list", "news:event_list"),
        ]
