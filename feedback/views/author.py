"""«Моё предложение»: what the author of a suggestion sees of it and may do with it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from college_site.http.request_state import view_options
from feedback.author_session import author_suggestion, forget, remember
from feedback.code_throttling import network_key
from feedback.forms.author_actions import STEPS, RatingForm, ReplyForm, just_done
from feedback.forms.files import BODY_LIMIT
from feedback.forms.status import StatusForm
from feedback.models import Event
from feedback.responses import private, see_other
from feedback.views.form_recovery import Problem, keeping_text, with_text
from feedback.views.receipts import forget_receipt


def status_page(request, form, problem=None):
    context = {"form": form, "problem": problem, "lost_files": problem and request.FILES}
    status = 429 if form.minutes else 200
    response = render(request, "feedback/suggestion_status.html", context, status=status)
    if form.minutes:
        response.headers["Retry-After"] = str(form.minutes * 60)
    return private(response, holds_form=True) if form.is_bound or problem else response


def status_again(request, problem):
    """The form with number, code and text still in it, which failed because of `problem`."""
    return status_page(request, StatusForm(initial=request.POST.dict()), problem)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_text(status_again)
def suggestion_status(request):
    """Number and code; the right ones are answered with 303 to the author's page."""
    data = request.POST if request.method == "POST" else None
    form = StatusForm(data, network=network_key(request))
    if not form.is_valid():
        return status_page(request, form)
    step = STEPS.get(form.cleaned_data["step"])
    if step and form.cleaned_data["unsent"]:
        unsent = step(form.suggestion, initial={"text": form.cleaned_data["unsent"]})
        response = step_page(request, unsent)
    else:
        response = see_other("feedback:suggestion_detail")
    remember(response, form.suggestion)
    return response


@never_cache
@require_safe
def suggestion_detail(request):
    """State, dialogue and history; each visit lets the author's half hour begin anew."""
    suggestion = author_suggestion(request)
    if suggestion is None:
        return private(redirect("feedback:suggestion_status"))
    possible = {step for step, form in STEPS.items() if not suggestion.why_not_allowed(form.kind)}
    events = list(suggestion.events.for_author())
    context = {
        "suggestion": suggestion,
        "events": events,
        "question": next((e for e in reversed(events) if e.kind == Event.Kind.QUESTION), None),
        "possible": possible,
        "reply_form": ReplyForm(suggestion),
        "rating_form": RatingForm(suggestion),
        "done": just_done(events[-1]),
    }
    response = render(request, "feedback/suggestion_detail.html", context)
    remember(response, suggestion)
    return private(response, holds_form=True)


def step_page(request, form, problem=None):
    context = {
        "form": form,
        "suggestion": form.suggestion,
        "problem": problem,
        "lost_files": problem and request.FILES,
    }
    response = render(request, "feedback/suggestion_step.html", context)
    remember(response, form.suggestion)
    return private(response, holds_form=True)


def step_again(request, problem):
    """The form with everything that was written and was not sent because of `problem`.

    Where the author's half hour is over, number and code are asked for and the text waits there.
    """
    step = request.resolver_match.kwargs["step"]
    suggestion = author_suggestion(request)
    if suggestion is None or step not in STEPS:
        text = request.POST.get("text", "")[: Event.TEXT_LENGTH]
        return status_page(request, StatusForm(initial={"step": step, "unsent": text}), problem)
    names = ("number", "key", "text", "rating")
    initial = {name: request.POST[name] for name in names if name in request.POST}
    return step_page(request, STEPS[step](suggestion, initial=initial), problem)


@view_options(body_limit=BODY_LIMIT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_text(step_again)
def suggestion_step(request, step):
    """A step on a page of its own; one that was taken is answered with 303 to the author's page."""
    if step not in STEPS:
        raise Http404
    suggestion = author_suggestion(request)
    if suggestion is None and request.method != "POST":
        return private(redirect("feedback:suggestion_status"))
    if suggestion is None:
        return with_text(request, step_again, Problem.EXPIRED)
    if request.method == "POST":
        form = STEPS[step](suggestion, request.POST, request.FILES)
        form.network = network_key(request)
        if not form.save():
            return step_page(request, form)
        return see_other("feedback:suggestion_detail")
    if suggestion.why_not_allowed(STEPS[step].kind):
        return see_other("feedback:suggestion_detail")
    return step_page(request, STEPS[step](suggestion))


@never_cache
@require_POST
def leave(request):
    """Close the page for whoever sits down at this computer next."""
    response = see_other("feedback:suggestion_status")
    forget(response)
    forget_receipt(response)
    return private(response)
