"""«Моё предложение»: the pages of a suggestion's author."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from college_site.http.client_address import client_network
from college_site.http.request_state import view_options
from college_site.http.responses import make_private, see_other
from feedback.author_session import author_session, author_suggestion
from feedback.desk.undo import events_for_author, promise_for_author
from feedback.forms.author_actions import (
    AUTHOR_ACTIONS,
    RatingForm,
    ReplyForm,
    recent_success_message,
)
from feedback.forms.files import BODY_LIMIT
from feedback.forms.status import StatusForm
from feedback.models import Event
from feedback.uploader import delete_uploader_cookie, read_uploader, with_uploader
from feedback.views.form_recovery import Problem, recover_form, with_form_recovery
from feedback.views.receipts import receipt_session


def render_status_page(request, form, problem=None):
    context = {"form": form, "problem": problem, "lost_files": problem and request.FILES}
    status = 429 if form.minutes else 200
    response = render(request, "feedback/suggestion_status.html", context, status=status)
    if form.minutes:
        response.headers["Retry-After"] = str(form.minutes * 60)
    return make_private(response, holds_form=True) if form.is_bound or problem else response


def restore_status_page(request, problem, entries):
    """The form with number, code and text, which was not submitted because of `problem`."""
    return render_status_page(request, StatusForm(initial=entries.dict()), problem)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_form_recovery(restore_status_page)
def suggestion_status(request):
    """The form with number and code; redirects to the author's page if they are right."""
    data = request.POST if request.method == "POST" else None
    form = StatusForm(data, network=client_network(request))
    if not form.is_valid():
        return render_status_page(request, form)
    action_form = AUTHOR_ACTIONS.get(form.cleaned_data["action_name"])
    if action_form and form.cleaned_data["unsent"]:
        initial = {"text": form.cleaned_data["unsent"]}
        response = render_action_page(request, action_form(form.suggestion, initial=initial))
    else:
        response = make_private(see_other("feedback:suggestion_detail"))
    author_session.start(request, response, form.suggestion.pk)
    return response


@never_cache
@require_safe
def suggestion_detail(request):
    """State, dialogue and history; each visit extends the author's session."""
    suggestion = author_suggestion(request)
    if suggestion is None:
        return make_private(redirect("feedback:suggestion_status"))
    events = list(events_for_author(suggestion))
    possible = {
        name for name, form in AUTHOR_ACTIONS.items() if not suggestion.why_not_allowed(form.kind)
    }
    context = {
        "suggestion": suggestion,
        "events": events,
        "question": next((e for e in reversed(events) if e.kind == Event.Kind.QUESTION), None),
        "promise": promise_for_author(suggestion),
        "possible": possible,
        "reply_form": ReplyForm(suggestion),
        "rating_form": RatingForm(suggestion),
        "success_message": recent_success_message(events[-1]),
    }
    response = render(request, "feedback/suggestion_detail.html", context)
    author_session.extend(request, response)
    return make_private(response, holds_form=True)


def render_action_page(request, form, problem=None):
    context = {
        "form": form,
        "suggestion": form.suggestion,
        "problem": problem,
        "lost_files": problem and request.FILES,
    }
    response = render(request, "feedback/author_action.html", context)
    author_session.extend(request, response)
    return make_private(response, holds_form=True)


def restore_action_page(request, problem, entries):
    """The form with the entries that were not submitted because of `problem`.

    If the author's session has expired, the form with number and code holds the text.
    """
    action = request.resolver_match.kwargs["action"]
    suggestion = author_suggestion(request)
    if suggestion is None or action not in AUTHOR_ACTIONS:
        text = entries.get("text", "")[: Event.TEXT_LENGTH]
        return render_status_page(
            request, StatusForm(initial={"action_name": action, "unsent": text}), problem
        )
    names = ("number", "key", "text", "rating")
    initial = {name: entries[name] for name in names if name in entries}
    uploader = read_uploader(request)
    form = AUTHOR_ACTIONS[action](suggestion, initial=initial, uploader=uploader)
    return render_action_page(request, form, problem)


@view_options(body_limit=BODY_LIMIT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_form_recovery(restore_action_page)
@with_uploader
def author_action(request, action, uploader):
    """The form of an action; redirects to the author's page once it is performed."""
    if action not in AUTHOR_ACTIONS:
        raise Http404
    suggestion = author_suggestion(request)
    if suggestion is None and request.method != "POST":
        return make_private(redirect("feedback:suggestion_status"))
    if suggestion is None:
        return recover_form(request, restore_action_page, Problem.EXPIRED)
    if request.method == "POST":
        sender = {"network": client_network(request), "uploader": uploader}
        form = AUTHOR_ACTIONS[action](suggestion, request.POST, request.FILES, **sender)
        if not form.save():
            return render_action_page(request, form)
        return make_private(see_other("feedback:suggestion_detail"))
    if suggestion.why_not_allowed(AUTHOR_ACTIONS[action].kind):
        return make_private(see_other("feedback:suggestion_detail"))
    return render_action_page(request, AUTHOR_ACTIONS[action](suggestion))


@never_cache
@require_POST
def leave(request):
    """End what this browser may open, for the next user of this computer."""
    response = see_other("feedback:suggestion_status")
    author_session.end(request, response)
    receipt_session.end(request, response)
    delete_uploader_cookie(response)
    return make_private(response)
