"""Addresses of the home page, of posts and of their files."""

from django.urls import path

from news.views import files, posts, search

app_name = "news"
urlpatterns = [
    path("", posts.home, name="home"),
    path("news/", posts.post_list, name="post_list"),
    path("news/<slug:slug>/", posts.post_detail, name="post_detail"),
    path("search/", search.search, name="search"),
    path("photos/<slug:key>/<str:name>", files.photo_file, name="photo_file"),
    path("documents/<slug:key>", files.document_file, name="document_file"),
]
