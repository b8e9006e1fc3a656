"""Everything held about a suggestion, as a download for its author."""

from django.http import FileResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from college_site.http.responses import make_private
from feedback.author_export import make_export
from feedback.author_session import author_suggestion


@never_cache
@require_safe
def author_export_file(request):
    suggestion = author_suggestion(request)
    if suggestion is None:
        return make_private(redirect("feedback:suggestion_status"))
    archive = make_export(suggestion)
    name = f"predlozhenie-{suggestion.number}-dannye.zip"
    return make_private(FileResponse(archive, as_attachment=True, filename=name))
