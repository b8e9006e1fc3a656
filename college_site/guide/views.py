"""The pages of the guide in the admin: its contents and its chapters."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from college_site.guide.chapters import list_chapters

TITLE = "Справка"


def list_urls(admin_site):
    """Every member of staff may read the guide."""
    contents, chapter = (
        admin_site.admin_view(require_safe(partial(view, admin_site)))
        for view in (show_contents, show_chapter)
    )
    return [
        path("guide/", contents, name="guide"),
        path("guide/<slug:slug>/", chapter, name="guide_chapter"),
    ]


def show_contents(admin_site, request):
    context = {
        **admin_site.each_context(request),
        "title": TITLE,
        "chapters": [(chapter, chapter.list_sections()) for chapter in list_chapters()],
    }
    return render(request, "admin/guide/contents.html", context)


def show_chapter(admin_site, request, slug):
    chapters = list_chapters()
    slugs = [chapter.slug for chapter in chapters]
    if slug not in slugs:
        raise Http404("No chapter of this name")
    place = slugs.index(slug)
    chapter = chapters[place]
    context = {
        **admin_site.each_context(request),
        "title": chapter.title,
        "chapters": chapters,
        "chapter": chapter,
        "body": chapter.render(),
        "sections": chapter.list_sections(),
        "following": chapters[place + 1] if place + 1 < len(chapters) else None,
    }
    return render(request, "admin/guide/chapter.html", context)
