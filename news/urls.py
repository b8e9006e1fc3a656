"""URLs of the news: the home page, posts and their files."""

from django.urls import path, register_converter

from college_site.russian.academic_year import AcademicYearConverter, MonthConverter
from news.feeds.syndication import FORMATS
from news.views import feeds, files, lists, posts, previews, reads, search


class FeedName:
    """Path converter for the file names of feeds."""

    regex = "|".join(name.replace(".", r"\.") for name in FORMATS)
    to_python = to_url = staticmethod(str)


register_converter(AcademicYearConverter, "academic_year")
register_converter(MonthConverter, "month")
register_converter(FeedName, "feed")

app_name = "news"
urlpatterns = [
    path("", posts.home, name="home"),
    path("news/", lists.post_list, name="post_list"),
    path("news/<academic_year:year>/", lists.post_list, name="post_list"),
    path("news/<academic_year:year>/<month:month>/", lists.post_list, name="post_list"),
    path("news/<slug:slug>/", posts.post_detail, name="post_detail"),
    path("news/<slug:slug>/read/", reads.post_read, name="post_read"),
    path("topics/", lists.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", lists.topic_detail, name="topic_detail"),
    path("topics/<slug:slug>/<academic_year:year>/", lists.topic_detail, name="topic_detail"),
    path("partners/", lists.partner_list, name="partner_list"),
    path("partners/<slug:slug>/", lists.partner_detail, name="partner_detail"),
    path("partners/<slug:slug>/<academic_year:year>/", lists.partner_detail, name="partner_detail"),
    path("events/", lists.event_list, name="event_list"),
    path("logos/<slug:key>.jpg", files.logo_file, name="logo_file"),
    path("search/", search.search, name="search"),
    path("news/<slug:slug>/event.ics", feeds.event_file, name="event_file"),
    path("events.ics", feeds.events_file, name="events_file"),
    path("feed/<feed:name>", feeds.feed_file, name="feed_file"),
    path("topics/<slug:slug>/<feed:name>", feeds.topic_feed_file, name="topic_feed_file"),
    path("partners/<slug:slug>/<feed:name>", feeds.partner_feed_file, name="partner_feed_file"),
    path("cards/<slug:slug>.png", feeds.card_file, name="card_file"),
    path("card.png", feeds.college_card_file, name="college_card_file"),
    path("sitemap.xml", feeds.sitemap_file, name="sitemap_file"),
    path("sitemap-pages.xml", feeds.sitemap_pages_file, name="sitemap_pages_file"),
    path(
        "sitemap-posts-<page_number:number>.xml",
        feeds.sitemap_posts_file,
        name="sitemap_posts_file",
    ),
    path("sitemap-news.xml", feeds.sitemap_news_file, name="sitemap_news_file"),
    path("photos/<slug:key>/card.jpg", files.photo_card_file, name="photo_card_file"),
    path("photos/<slug:key>/<str:name>", files.photo_file, name="photo_file"),
    path("documents/<slug:key>", files.document_file, name="document_file"),
    path("preview/<slug:token>/", previews.post_preview, name="post_preview"),
    path(
        "preview/<slug:token>/photos/<slug:key>/<str:name>",
        previews.preview_photo_file,
        name="preview_photo_file",
    ),
    path(
        "preview/<slug:token>/documents/<slug:key>",
        previews.preview_document_file,
        name="preview_document_file",
    ),
]
