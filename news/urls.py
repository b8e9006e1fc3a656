"""Addresses of the home page, of posts and of their files."""

from django.urls import path, register_converter

from college_site.academic_year import AcademicYearConverter, MonthConverter
from news.views import files, lists, posts, search

register_converter(AcademicYearConverter, "academic_year")
register_converter(MonthConverter, "month")

app_name = "news"
urlpatterns = [
    path("", posts.home, name="home"),
    path("news/", lists.post_list, name="post_list"),
    path("news/<academic_year:year>/", lists.post_list, name="post_list"),
    path("news/<academic_year:year>/<month:month>/", lists.post_list, name="post_list"),
    path("news/<slug:slug>/", posts.post_detail, name="post_detail"),
    path("topics/", lists.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", lists.topic_detail, name="topic_detail"),
    path("partners/", lists.partner_list, name="partner_list"),
    path("partners/<slug:slug>/", lists.partner_detail, name="partner_detail"),
    path("events/", lists.event_list, name="event_list"),
    path("logos/<slug:key>.jpg", files.logo_file, name="logo_file"),
    path("search/", search.search, name="search"),
    path("photos/<slug:key>/<str:name>", files.photo_file, name="photo_file"),
    path("documents/<slug:key>", files.document_file, name="document_file"),
]
