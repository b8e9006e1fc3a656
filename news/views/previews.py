"""The page of a post that is not published, for people with a secret link to it.

Attempts to guess a link are not counted: a token has 256 random bits.
"""

from csp.decorators import csp_exempt
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from college_site.http.responses import make_private
from college_site.pages.accessible_version import AccessibleVersion
from news.editing.previews import load_preview
from news.models import PreviewLink
from news.views.files import DOCUMENT_POLICY, download_options, open_or_404
from news.views.posts import render_post

ACCESSIBLE = AccessibleVersion.from_cookie("size-2.scheme-white.letters-2.lines-2")


@require_safe
def post_preview(request, token):
    """The draft; after its publication a redirect to its page."""
    link = PreviewLink.objects.find(token)
    if link is None:
        return make_private(render(request, "news/post_preview_ended.html", status=404))
    if link.post.is_published:
        return make_private(redirect(link.post))
    if request.method == "GET":
        link.note_opening()
    post = load_preview(link.post, path_prefix=f"/preview/{token}")
    return make_private(render_preview(request, post, link=link))


def render_preview(request, post, **context):
    """The page of a post with a note that it is a preview; ?accessible=1 for the other version."""
    if "accessible" in request.GET:
        context["accessible_version"] = ACCESSIBLE
    return render_post(request, post, "news/post_preview.html", is_preview=True, **context)


@csp_exempt()  # browsers add an inline style to a picture opened in its own tab
@require_safe
def preview_photo_file(request, token, key, name):
    post = find_post_or_404(token)
    photo = get_object_or_404(post.photos, image=f"photos/{key}/master.jpg")
    file_name = photo.file_name(name)
    if file_name is None:
        raise Http404("No such rendition")
    return make_private(FileResponse(open_or_404(photo.image.storage, file_name)))


@require_safe
def preview_document_file(request, token, key):
    document = get_object_or_404(find_post_or_404(token).documents, file=f"documents/{key}")
    file = open_or_404(document.file.storage, document.file.name)
    response = FileResponse(file, **download_options(document))
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return make_private(response)


def find_post_or_404(token):
    """The post of an active link; its files stay readable when it is published meanwhile."""
    link = PreviewLink.objects.find(token)
    if link is None:
        raise Http404("No such link")
    return link.post
