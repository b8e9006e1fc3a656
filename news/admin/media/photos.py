"""The photographs of a post in the admin: each is uploaded and changed by a request of its own."""

import hashlib
from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.forms import modelform_factory
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path

from college_site.admin_site.script_views import script_view
from college_site.uploads.pictures.images import clean_uploaded_photograph
from college_site.uploads.sandbox import staff_turn
from news.editing.names import tell_moment
from news.models import Autosave, Photo, Takedown
from news.models.publishing.access import may_publish
from news.photos.copies import copy_photo, delete_copies
from news.photos.library import find_alike, find_same

MOST_PHOTOS = 100  # of one post
DetailsForm = modelform_factory(
    Photo,
    fields=["caption", "alt", "is_decorative", "credit", "consent", "focus"],
)


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""

    def view(function):
        return script_view(lambda request, **kwargs: function(model_admin, request, **kwargs))

    return [
        path("autosave/<uuid:key>/photos/", view(upload_photo), name="news_photo_upload"),
        path("autosave/<uuid:key>/photos/adopt/", view(adopt_photos), name="news_photo_adopt"),
        path("photos/order/", view(order_photos), name="news_photo_order"),
        path("photos/<int:number>/", view(change_photo), name="news_photo_change"),
        path("photos/<int:number>/cover/", view(choose_cover), name="news_photo_cover"),
        path("photos/<int:number>/rotate/", view(rotate_photo), name="news_photo_rotate"),
        path("photos/<int:number>/delete/", view(delete_photo), name="news_photo_delete"),
    ]


def upload_photo(model_admin, request, key):
    """Store one file; the same file again gives the photograph that is stored already."""
    autosave = model_admin.open_slot(request, key, request.POST.get("post"))
    if autosave.saved_at:
        raise Http404
    file = request.FILES.get("file")
    if file is None:
        raise ValidationError("Файл не дошёл. Выберите его ещё раз.")
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    photos = list_photos(autosave.pk, autosave.post)
    stored = photos.filter(digest=digest).first()
    if stored:
        return answer(request, stored, ["этот снимок уже есть"])
    check_count(len(photos) + 1)
    check_is_permitted(digest)
    order = request.POST.get("order")
    if same := find_same(request.user, digest):
        with suppress(FileNotFoundError):
            photo = store_copy(autosave, same, order)
            return answer(request, photo, [f"взят вместе с подписью из публикации «{same.post}»"])
    with staff_turn() as turn:
        picture = clean_uploaded_photograph(file, turn)
    photo = store_photo(autosave, picture, digest, order)
    return answer(request, photo, list_notes(request.user, photo, picture.lost))


def check_count(count):
    if count > MOST_PHOTOS:
        raise ValidationError(
            f"У публикации может быть до {MOST_PHOTOS} фотографий, больше нельзя."
        )


def check_is_permitted(digest):
    """Raise ValidationError for a photograph that was taken off the site."""
    if takedown := Takedown.objects.find(digest):
        raise ValidationError(
            f"этот снимок сняли с сайта {tell_moment(takedown.created_at)}: {takedown.reason}"
        )


def store_photo(autosave, picture, digest, order):
    """The Photo of a CleanPicture; `order` is its place among the files that were chosen."""
    with transaction.atomic():
        check_is_permitted(digest)  # again: cleaning took its time
        return Photo.objects.create(
            image=picture,
            digest=digest,
            fingerprint=picture.fingerprint,
            **find_place(autosave, order),
        )


def store_copy(autosave, photo, order=None):
    """A copy of a photograph of another post, with files of its own."""
    files = []
    try:
        with transaction.atomic():
            return copy_photo(photo, files, **find_place(autosave, order))
    except BaseException:
        delete_copies(files)
        raise


def find_place(autosave, order):
    """To what a new photograph of an open form belongs, its order, whether it is the cover.

    If the form was saved meanwhile, the photograph belongs to its post.
    """
    autosave = Autosave.objects.select_for_update().get(pk=autosave.pk)
    is_saved = autosave.saved_at is not None
    if is_saved and autosave.post is None:
        raise Http404
    photos = list_photos(autosave.pk, autosave.post)
    last = photos.aggregate(last=Max("order"))["last"] or 0
    return {
        "post": autosave.post if is_saved else None,
        "autosave": None if is_saved else autosave,
        "order": int(order) if order and order.isdecimal() else last + 1,
        "is_cover": not photos.covers().exists(),
    }


def adopt_photos(model_admin, request, key):
    """Give the photographs that a page has uploaded to the slot that it has now.

    A page whose slot another page writes to gets a new one; the other must not take them along.
    """
    autosave = model_admin.open_slot(request, key, request.POST.get("post"))
    if autosave.saved_at:
        raise Http404
    own = Photo.objects.filter(autosave__user=request.user, autosave__saved_at=None)
    same_post = own.filter(autosave__post=autosave.post)
    same_post.filter(pk__in=read_numbers(request)).update(autosave=autosave)
    return JsonResponse({})


def read_numbers(request):
    """The photographs that are sent, each once, in order."""
    sent = dict.fromkeys(request.POST.getlist("photo"))
    return [int(number) for number in sent if number.isdecimal()][:MOST_PHOTOS]


def list_photos(key, post):
    """The photographs of an open form: those of its slot, not saved yet, and of its post."""
    return Photo.objects.filter(Q(autosave=key) | Q(post__isnull=False, post=post))


def order_photos(model_admin, request):
    """Number photographs of one form from 1 in the order in which their numbers are sent."""
    numbers = [int(number) for number in request.POST.getlist("photo") if number.isdecimal()]
    photos = list_visible(request).in_bulk(numbers)
    if len(photos) != len(set(numbers)):
        raise Http404
    for order, number in enumerate(numbers, start=1):
        check_may_change(model_admin, request, photos[number])
        photos[number].order = order
    Photo.objects.bulk_update(photos.values(), ["order"])
    return JsonResponse({})


@transaction.atomic
def change_photo(model_admin, request, number):
    """Save what was sent of the details; those that are not sent stay."""
    photo = find_photo(model_admin, request, number, is_locked=True)
    stored = {name: getattr(photo, name) for name in DetailsForm.base_fields}
    form = DetailsForm({**stored, **request.POST.dict()}, instance=photo)
    if not form.is_valid():
        problems = {name: " ".join(texts) for name, texts in form.errors.items()}
        return JsonResponse({"problems": problems}, status=422)
    form.save()
    return JsonResponse({})


def choose_cover(model_admin, request, number):
    find_photo(model_admin, request, number).become_cover()
    return JsonResponse({})


@transaction.atomic
def rotate_photo(model_admin, request, number):
    photo = find_photo(model_admin, request, number, is_locked=True)
    photo.rotate()
    return answer(request, photo, [])


def delete_photo(model_admin, request, number):
    """Delete the photograph with its files at once; the next one becomes the cover."""
    find_photo(model_admin, request, number).remove()
    return JsonResponse({})


def find_photo(model_admin, request, number, *, is_locked=False):
    """A photograph of a post that the user may change, or of a form of theirs.

    One that is locked is not taken down before the transaction ends. Raises Http404 for one that
    the user may not see, PermissionDenied if it may only be seen.
    """
    photos = Photo.objects.select_for_update().filter(pk=number)
    if is_locked and not photos.first():
        raise Http404
    photo = get_object_or_404(list_visible(request), pk=number)
    check_may_change(model_admin, request, photo)
    return photo


def list_visible(request):
    return Photo.objects.visible_to(request.user).select_related("post")


def check_may_change(model_admin, request, photo):
    if photo.post and not model_admin.has_change_permission(request, photo.post):
        raise PermissionDenied


def list_notes(user, photo, lost):
    """What is worth telling of an uploaded photograph."""
    notes = [f"не сохранился {lost}"] if lost else []
    if alike := next((other for other in photo.siblings if photo.resembles(other)), None):
        notes.append(f"похож на снимок «{alike}»")
    elif alike := find_alike(user, photo):
        notes.append(f"похож на снимок из публикации «{alike.post}»: есть в прежних")
    return notes


def answer(request, photo, notes):
    return JsonResponse(describe(request, photo, notes))


def describe(request, photo, notes):
    """The row of the photograph as HTML, and notes on it."""
    context = {"photo": photo, "may_take_down": may_publish(request.user)}
    row = render_to_string("admin/news/post/photo_row.html", context)
    return {"number": photo.pk, "row": row, "notes": notes}
