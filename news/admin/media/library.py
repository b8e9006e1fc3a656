"""All photographs in the admin: chosen again for another post, taken off the site."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from college_site.admin_site.model_admin import FORM, POST
from college_site.admin_site.script_views import script_view
from college_site.http.responses import see_other
from college_site.pages.pagination import BoundedPaginator, requested_page
from college_site.russian.academic_year import AcademicYear
from news.admin.media.photos import check_count, describe, list_photos, read_numbers, store_copy
from news.admin.secondary_views import admin_view
from news.archive import list_year_choices
from news.models import Autosave, Photo, Post, Takedown
from news.models.publishing.access import may_change, may_publish
from news.photos.library import find_photos, list_uses
from news.photos.takedown import take_down

PAGE_PHOTOS = 30
RECENT = 20  # photographs taken down that the list names
NO_FILE = "файла этого снимка больше нет"


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Подпись, описание или название публикации",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = forms.ChoiceField(label="Учебный год", required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["year"].choices = [("", "все"), *list_year_choices()]

    def clean_year(self):
        slug = self.cleaned_data["year"]
        return AcademicYear.parse(slug) if slug else None


class TakedownForm(forms.ModelForm):
    class Meta:
        model = Takedown
        fields = ["reason"]
        help_texts = {
            "reason": "Останется в\u00a0списке снятых. Имён и\u00a0личных сведений не\u00a0пишите."
        }
        error_messages = {"reason": {"required": "Напишите, почему снимок снимают с\u00a0сайта."}}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""

    def reuse(request, key):
        return reuse_photos(model_admin, request, key)

    removal = admin_view(model_admin, show_takedown, FORM)
    allow = admin_view(model_admin, allow_again, POST)
    return [
        path("photos/", admin_view(model_admin, show_library), name="news_photo_library"),
        path("autosave/<uuid:key>/photos/reuse/", script_view(reuse), name="news_photo_reuse"),
        path("photos/<int:number>/takedown/", removal, name="news_photo_takedown"),
        path("photos/taken-down/<int:number>/allow/", allow, name="news_photo_allow"),
    ]


def show_library(model_admin, request):
    """The photographs of all posts that the user may see; with ?choose=1 to choose from."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = SearchForm(request.GET)
    photos = Photo.objects.none()
    if form.is_valid():
        photos = find_photos(request.user, form.cleaned_data["q"], form.cleaned_data["year"])
    page = requested_page(request, BoundedPaginator(photos, PAGE_PHOTOS))
    may_take_down = may_publish(request.user)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "Фотографии",
        "form": form,
        "page": page,
        "entries": list_entries(request.user, page.object_list),
        "is_chooser": "choose" in request.GET,
        "may_take_down": may_take_down,
        "takedowns": Takedown.objects.select_related("user")[:RECENT] if may_take_down else [],
        "query": query_without_page(request),
    }
    return render(request, "admin/news/post/photo_library.html", context)


def list_entries(user, photos):
    """What the list shows: a photograph that several posts have, once, with where it is used."""
    photos = list(photos)
    uses, entries = list_uses(user, photos), {}
    for photo in photos:
        posts = {use.post_id: use.post for use in uses[photo.digest]}
        used_in = [(post, may_change(user, post)) for post in posts.values()]
        entries.setdefault(photo.digest, {"photo": photo, "posts": used_in})
    return list(entries.values())


def query_without_page(request):
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


# Chosen again -------------------------------------------------------------------------------------


def reuse_photos(model_admin, request, key):
    """Copy the chosen photographs into an open form; what is there already is only told."""
    autosave = model_admin.open_slot(request, key, request.POST.get("post"))
    if autosave.saved_at:
        raise Http404
    numbers = read_numbers(request)
    found = Photo.objects.choosable_by(request.user).select_related("post").in_bulk(numbers)
    if len(found) != len(numbers) or not numbers:
        raise Http404
    check_count(list_photos(autosave.pk, autosave.post).count() + len(numbers))
    rows = [reuse(request, autosave, found[number]) for number in numbers]
    return JsonResponse({"rows": rows})


def reuse(request, autosave, photo):
    stored = list_photos(autosave.pk, autosave.post).filter(digest=photo.digest).first()
    if stored:
        return describe(request, stored, ["этот снимок уже есть"])
    try:
        copy = store_copy(autosave, photo)
    except FileNotFoundError:
        return {"message": f"«{photo}»: {NO_FILE}"}
    return describe(request, copy, [f"взят из публикации «{photo.post}»"])


# Taken off the site -------------------------------------------------------------------------------


def show_takedown(model_admin, request, number):
    """Where a photograph is used, and the form that takes it off the site."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    photo = get_object_or_404(Photo.objects.visible_to(request.user), pk=number)
    if not may_publish(request.user):
        raise PermissionDenied
    form = TakedownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return remove_everywhere(model_admin, request, photo, form.cleaned_data["reason"])
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "Снять фотографию с\u00a0сайта",
        "form": form,
        "photo": photo,
        "posts": Post.objects.filter(photos__digest=photo.digest).distinct(),
        "slots": Autosave.objects.filter(photos__digest=photo.digest).distinct().count(),
    }
    return render(request, "admin/news/post/photo_takedown.html", context)


def remove_everywhere(model_admin, request, photo, reason):
    takedown, posts = take_down(photo, request.user, reason)
    for post in posts:
        words = f"Снят с\u00a0сайта снимок {takedown}: {reason}"
        model_admin.log_change(request, post, words)
    text = f"Снимок снят с\u00a0сайта, публикаций, где он был: {len(posts)}."
    model_admin.message_user(request, text, messages.SUCCESS)
    return see_other("admin:news_photo_library")


def allow_again(model_admin, request, number):
    """Let a photograph that was taken down be uploaded again."""
    if not may_publish(request.user):
        raise PermissionDenied
    takedown = get_object_or_404(Takedown, pk=number)
    text = f"Снимок {takedown} можно загрузить снова."
    takedown.delete()
    model_admin.message_user(request, text, messages.SUCCESS)
    return see_other("admin:news_photo_library")
