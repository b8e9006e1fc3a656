"""Views of the admin that its own scripts ask: they answer with JSON, errors included."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from college_site.accounts.staff_permissions import is_staff_today
from college_site.http.same_origin import require_same_origin

LOGIN_ENDED = "Вход закончился. Войдите в другой вкладке: здесь всё останется и продолжится само."
FORBIDDEN = "На это у вас нет права. Обратитесь к тому, кто ведёт сайт."
NOT_FOUND = "Этого уже нет: возможно, удалено в другой вкладке. Обновите страницу."


def script_view(view):
    """Accept POST from pages of this site; answer refusals with {"message": words for a person}.

    No CSRF token is asked for: it changes with a login in another tab, after which an open form
    must go on. 401 tells the script to wait for that login, 503 to try again by itself.
    """

    @csrf_exempt
    @require_POST
    @never_cache
    @wraps(view)
    def checked(request, *args, **kwargs):
        require_same_origin(request)
        if not is_staff_today(request.user):
            return refuse(LOGIN_ENDED, 401)
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return refuse(FORBIDDEN, 403)
        except Http404:
            return refuse(NOT_FOUND, 404)
        except ValidationError as error:
            is_busy = getattr(error, "code", "") == "busy"
            return refuse(" ".join(error.messages), 503 if is_busy else 422)

    return checked


def refuse(message, status):
    return JsonResponse({"message": message}, status=status)
