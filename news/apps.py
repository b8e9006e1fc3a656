"""News: event reports, announcements and notices."""

from django.apps import AppConfig

from college_site.registry import registry


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Новости"

    def ready(self):
        import news.conditional_pages  # connects its signals in the worker, too
        from news.editing.bin_job import purge_expired_post
        from news.editing.desk import list_desk_panels
        from news.feeds import sitemaps
        from news.guide import CHAPTERS
        from news.models.editing.autosaves import delete_expired_autosave
        from news.models.reads import delete_old_reads
        from news.photos.rendition_job import render_due_photo
        from news.photos.stored_files import list_derived
        from news.search import index, photo_index
        from news.status import count_renditions, list_rendition_facts

        registry.home_moments.append(news.conditional_pages.newest_moment)
        registry.next_moments += [news.conditional_pages.next_release, sitemaps.next_expiry]
        registry.periodic_jobs += [
            render_due_photo,
            delete_expired_autosave,
            delete_old_reads,
            purge_expired_post,
        ]
        registry.search_indexes["news"] = index.rebuild
        registry.search_indexes["photographs"] = photo_index.rebuild
        registry.desk_panels.append(list_desk_panels)
        registry.guide_chapters += CHAPTERS
        registry.derived_files.append(list_derived)
        registry.status_facts.append(list_rendition_facts)
        registry.gauges["renditions_waiting"] = ("Photographs without renditions", count_renditions)
        registry.sitemaps.append(sitemaps.paths)
        registry.pages += [
            "news:home",
            "news:post_list",
            "news:topic_list",
            "news:partner_list",
            "news:event_list",
        ]
