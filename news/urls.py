"""Addresses of the home page, of posts and of their files."""

from django.urls import path

from news import views

app_name = "news"
urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.post_list, name="post_list"),
    path("news/<slug:slug>/", views.post_detail, name="post_detail"),
    path("photos/<slug:key>/<str:name>", views.photo_file, name="photo_file"),
    path("documents/<slug:key>", views.document_file, name="document_file"),
]
