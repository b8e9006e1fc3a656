"""What the check of a text asks the server: unknown words, words for the dictionary, videos."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.urls import path

from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.admin_site.script_views import script_view
from college_site.video_addresses import parse_video_address
from news.editing.entries import UNREADABLE, read_json
from news.editing.spelling import MAX_LENGTH, MAX_WORDS, check_words
from news.models import KnownWord

TOO_MANY = f"Слишком много слов за один раз: больше {MAX_WORDS}."


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    return [
        path("spelling/", script_view(partial(check, model_admin)), name="news_post_spelling"),
        path(
            "spelling/words/",
            script_view(partial(add_word, model_admin)),
            name="news_post_spelling_word",
        ),
        path("video/", script_view(partial(read_video, model_admin)), name="news_post_video"),
    ]


def require_writer(model_admin, request):
    if not (model_admin.has_add_permission(request) or model_admin.has_change_permission(request)):
        raise PermissionDenied


def check(model_admin, request):
    """The words that may be misprints, with suggestions; the text is not stored or logged."""
    require_writer(model_admin, request)
    words = read_json(request).get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValidationError(UNREADABLE)
    if len(words) > MAX_WORDS:
        raise ValidationError(TOO_MANY)
    short = [word for word in words if len(word) <= MAX_LENGTH]
    return JsonResponse({"unknown": check_words(short)})


def may_add_words(model_admin, request):
    return model_admin.admin_site.get_model_admin(KnownWord).has_add_permission(request)


def add_word(model_admin, request):
    """Add a word to the college's dictionary; adding it again changes nothing."""
    if not may_add_words(model_admin, request):
        raise PermissionDenied
    word = read_json(request).get("word")
    if not isinstance(word, str):
        raise ValidationError(UNREADABLE)
    known = KnownWord(word=word.lower(), added_by=request.user)
    known.clean_fields()
    KnownWord.objects.get_or_create(word=known.word, defaults={"added_by": request.user})
    return JsonResponse({})


def read_video(model_admin, request):
    """The canonical address of a video; 422 with advice for any other address."""
    require_writer(model_admin, request)
    address = read_json(request).get("address")
    if not isinstance(address, str):
        raise ValidationError(UNREADABLE)
    return JsonResponse({"address": parse_video_address(address).watch_url})


@admin.register(KnownWord)
class KnownWordAdmin(PortalModelAdmin):
    list_display = ["word", "added_at"]
    search_fields = ["word__resembles"]
    list_per_page = 100

    def save_model(self, request, obj, form, change):
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)
