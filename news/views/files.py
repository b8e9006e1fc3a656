"""Files of posts; visitors get them only while the post is published."""

from csp.decorators import csp_exempt
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from college_site.http.byte_ranges import send_file
from college_site.http.security_headers import allow_embedding
from college_site.uploads.documents import download_name
from college_site.uploads.pictures.renditions import crop
from college_site.uploads.stored_files import open_stored
from news.models import Document, Partner, Photo
from news.photos.social_image_drawing import SIZE

CENTERING = {"start": (0, 0), "centre": (0.5, 0.4), "end": (1, 1)}
DOCUMENT_POLICY = "default-src 'none'; sandbox"


@csp_exempt()  # browsers add an inline style to a picture opened in its own tab
@require_safe
def photo_file(request, key, name):
    """One file of a photograph: the master or a rendition."""
    photo, is_public = get_attachment(request, Photo, image=f"photos/{key}/master.jpg")
    file_name = photo.file_name(name)
    if file_name is None:
        raise Http404("No such rendition")
    response = send_file(request, open_or_404(photo.image.storage, file_name))
    return picture_response(response, is_public=is_public)


@csp_exempt()
@require_safe
def photo_card_file(request, key):
    """The photograph cropped to the size of a preview image.

    A picture never changes under its key, so a matching ETag needs no cropping.
    """
    photo, is_public = get_attachment(request, Photo, image=f"photos/{key}/master.jpg")
    etag = quote_etag(f"{key}-{SIZE[0]}x{SIZE[1]}-{photo.focus}")
    response = get_conditional_response(request, etag)
    if response is None:
        with open_or_404(photo.image.storage, photo.image.name) as master:
            response = HttpResponse(
                crop(master, SIZE, CENTERING[photo.focus]), content_type="image/jpeg"
            )
        response.headers["ETag"] = etag
    return picture_response(response, is_public=is_public)


@csp_exempt()
@require_safe
def logo_file(request, key):
    """The logo of a partner, which is always public."""
    partner = get_object_or_404(Partner, logo=f"partners/{key}/master.jpg")
    response = send_file(request, open_or_404(partner.logo.storage, partner.logo.name))
    patch_cache_control(response, private=True, max_age=24 * 3600)
    return allow_embedding(response)


@require_safe
def document_file(request, key):
    document, is_public = get_attachment(request, Document, file=f"documents/{key}")
    file = open_or_404(document.file.storage, document.file.name)
    response = send_file(request, file, **download_options(document))
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return set_cache_control(response, is_public=is_public)


def download_options(document):
    """The options of a FileResponse with the document: a download named by its title."""
    return {
        "as_attachment": True,
        "filename": download_name(document.title, document.kind),
        "content_type": document.content_type,
    }


def picture_response(response, *, is_public):
    """The response with its cache rule; a public picture may stand in a feed reader's page."""
    if is_public:
        allow_embedding(response)
    return set_cache_control(response, is_public=is_public)


def get_attachment(request, model, **lookup):
    """(attachment, is_public) of a photograph or document.

    Those of other posts are only for staff who may see the post, those of a form that is not saved
    yet for its user. Raises Http404 if there is none that the user may see.
    """
    if found := model.objects.published().filter(**lookup).first():
        return found, True
    if found := model.objects.visible_to(request.user).filter(**lookup).first():
        return found, False
    raise Http404("No such attachment")


def open_or_404(storage, name):
    """Open a stored file; raises Http404 if it is missing."""
    try:
        return open_stored(storage, name)
    except FileNotFoundError as error:
        raise Http404("The file is missing") from error


def set_cache_control(response, *, is_public):
    """Let browsers keep public files and ask each time, others not at all; returns the response.

    The answer is 304, or 404 once the file was withdrawn: then no copy is shown any more. Shared
    caches are excluded, for nobody can ask them to ask.
    """
    if is_public:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
