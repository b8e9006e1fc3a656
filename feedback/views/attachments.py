"""The files of suggestions, for their authors and for staff only."""

from csp.decorators import csp_exempt
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from college_site.accounts.staff_permissions import may_view
from college_site.http.byte_ranges import send_file
from college_site.http.responses import make_private
from college_site.uploads.stored_files import open_stored
from feedback.author_session import author_suggestion
from feedback.models import Attachment, Suggestion

SANDBOX = "default-src 'none'; sandbox"  # for browsers that open the file nevertheless


@never_cache
@csp_exempt()  # the response sets a stricter policy
@require_safe
def attachment_file(request, key):
    """The file as a download; 404 for users who may not read its suggestion."""
    attachment = get_object_or_404(Attachment.objects.sent(), key=key)
    if not may_read(request, attachment.suggestion_id):
        raise Http404
    try:
        content = open_stored(attachment.file.storage, attachment.file.name)
    except FileNotFoundError as error:
        raise Http404(f"The file of attachment {key} is missing from the storage") from error
    names = {"filename": attachment.name, "content_type": attachment.content_type}
    response = send_file(request, content, as_attachment=True, **names)
    response.headers["Content-Security-Policy"] = SANDBOX
    return make_private(response)


def may_read(request, suggestion_id):
    """Whether the user is the author, or staff with access, whose reading is recorded."""
    if may_view(request.user, Suggestion):
        visible = Suggestion.objects.visible_to(request.user)
        if found := visible.filter(pk=suggestion_id).first():
            found.note_restricted(request.user)
        return found is not None
    suggestion = author_suggestion(request)
    return suggestion is not None and suggestion.pk == suggestion_id
