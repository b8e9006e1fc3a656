"""The files that came with suggestions, for their authors and for staff alone."""

from csp.decorators import csp_exempt
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feedback.author_session import author_suggestion
from feedback.models import Attachment, Suggestion
from feedback.responses import make_private

SANDBOX = "default-src 'none'; sandbox"  # whatever opens it all the same may do nothing


@never_cache
@csp_exempt()  # it bears a stricter policy of its own
@require_safe
def attachment_file(request, key):
    """The file to save, never to show: 404 for everybody who may not read its suggestion."""
    attachment = get_object_or_404(Attachment.objects.sent(), key=key)
    if not may_read(request, attachment.suggestion_id):
        raise Http404
    try:
        content = attachment.file.open()
    except FileNotFoundError as error:
        raise Http404(f"The file of attachment {key} is missing from the storage") from error
    names = {"filename": attachment.name, "content_type": attachment.content_type}
    response = FileResponse(content, as_attachment=True, **names)
    response.headers["Content-Security-Policy"] = SANDBOX
    return make_private(response)


def may_read(request, suggestion_id):
    """Whether this is the author, or staff who may read the suggestion."""
    user = request.user
    if user.is_staff and user.has_perm("feedback.view_suggestion"):
        return Suggestion.objects.visible_to(user).filter(pk=suggestion_id).exists()
    own = author_suggestion(request)
    return own is not None and own.pk == suggestion_id
