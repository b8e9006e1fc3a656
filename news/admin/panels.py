"""A panel of the form of a post on a page of its own, from which a script takes it."""

from django.shortcuts import render

TITLES = {"preview_links": "Ссылка для согласования", "channels": "Для VK, MAX, Telegram"}


def show_panel(model_admin, request, post, name, content):
    """The page with the panel `name`, whose template shows `content` under this name."""
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": TITLES[name],
        "original": post,
        "panel": f"admin/news/post/_{name}.html",
        name: content,
    }
    return render(request, "admin/news/post/panel.html", context)
