"""The files that stand on posts, for visitors only while the post is published."""

import logging

from csp.decorators import csp_exempt
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from college_site.accounts.staff_permissions import may_view
from college_site.uploads.documents import download_name
from college_site.uploads.renditions import crop
from news.models import Document, Partner, Photo, Post
from news.photos.social_image_drawing import SIZE

logger = logging.getLogger(__name__)


@csp_exempt()  # a browser shows a picture opened by itself with a style of its own
@require_safe
def photo_file(request, key, name):
    """One file of a photograph, for visitors only while its post is published."""
    photo, is_public = get_attachment(request, Photo, image=f"photos/{key}/master.jpg")
    file_name = photo.file_name(name)
    if file_name is None:
        raise Http404("No such rendition")
    return with_cache_control(
        FileResponse(open_or_404(photo.image.storage, file_name)), is_public=is_public
    )


@csp_exempt()
@require_safe
def photo_card_file(request, key):
    """What links to a post show of its photograph: as much as fits the shape of a card.

    A photograph under its key never changes, so whoever has the card is not drawn another one.
    """
    photo, is_public = get_attachment(request, Photo, image=f"photos/{key}/master.jpg")
    etag = quote_etag(f"{key}-{SIZE[0]}x{SIZE[1]}")
    response = get_conditional_response(request, etag)
    if response is None:
        with open_or_404(photo.image.storage, photo.image.name) as master:
            response = HttpResponse(crop(master, SIZE), content_type="image/jpeg")
        response.headers["ETag"] = etag
    return with_cache_control(response, is_public=is_public)


@csp_exempt()
@require_safe
def logo_file(request, key):
    """A partner's logo, for everybody."""
    partner = get_object_or_404(Partner, logo=f"partners/{key}/master.jpg")
    return with_cache_control(
        FileResponse(open_or_404(partner.logo.storage, partner.logo.name)), is_public=True
    )


@require_safe
def document_file(request, key):
    """A document, to be saved under its title, for visitors only while its post is published."""
    document, is_public = get_attachment(request, Document, file=f"documents/{key}")
    response = FileResponse(
        open_or_404(document.file.storage, document.file.name),
        as_attachment=True,
        filename=download_name(document.title, document.kind),
        content_type=document.content_type,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return with_cache_control(response, is_public=is_public)


def get_attachment(request, model, **lookup):
    """The photograph or document, and whether everybody may see it.

    Those of unpublished posts are for staff who may view posts.
    """
    if found := model.objects.published().filter(**lookup).first():
        return found, True
    if may_view(request.user, Post):
        return get_object_or_404(model, **lookup), False
    raise Http404("No such attachment")


def open_or_404(storage, name):
    """The stored file; one that is missing is logged for the operator, for visitors a 404."""
    try:
        return storage.open(name)
    except FileNotFoundError as error:
        logger.error("The file %s is missing from the storage: restore it from a backup", name)
        raise Http404("The file is missing") from error


def with_cache_control(response, *, is_public):
    """The response with its cache rule: for a day in the visitor's browser, or not at all.

    Never in a cache that many share: what is withdrawn would be handed out from there. Whoever has
    seen a file may see it again, and its name never comes to mean another one.
    """
    if is_public:
        patch_cache_control(response, private=True, max_age=24 * 3600)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
