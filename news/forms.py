"""The admin form of a post."""

import re
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from college_site.guide.links import help_link
from college_site.russian.slugs import make_slug
from college_site.russian.time_zones import name_zone
from college_site.templatetags.typography import full_moment
from college_site.uploads.pictures.images import MAX_BYTES
from news.editing.conflicts import TAKE, check_version, take_stored
from news.models import Post
from news.models.media.photos import PhotoConsent
from news.models.publishing.states import OF_AUTHORS, OF_EDITORS, Transition
from news.models.publishing.transitions import MAX_WORDS, NO_REASON

MOMENT_LABELS = {Post.State.SCHEDULED: "Выйдет", Post.State.PUBLISHED: "Вышла"}


class PhotosWidget(forms.Widget):
    """The photographs of the post, which scripts upload and change (news.admin.media.photos).

    Nothing of it is sent with the form.
    """

    post, photos, may_take_down = None, (), False

    class Media:
        css = {"all": ["css/admin/photos.css", "css/admin/photo_library.css"]}
        js = [
            forms.Script("js/admin/photos/photo_uploads.js", type="module"),
            forms.Script("js/admin/photos/photo_list.js", type="module"),
            forms.Script("js/admin/photos/photo_library.js", type="module"),
        ]

    def render(self, name, value, attrs=None, renderer=None):
        context = {
            "base": reverse("admin:news_post_changelist"),
            "post": self.post,
            "photos": self.photos,
            "may_take_down": self.may_take_down,
            "library": reverse("admin:news_photo_library"),
            "most_bytes": MAX_BYTES,
            "consents": PhotoConsent.choices,
        }
        return render_to_string("admin/news/post/photos.html", context)

    def use_required_attribute(self, initial):
        return False


class TextCheckWidget(forms.Widget):
    """Spelling and typography of the texts, checked by scripts; nothing of it is sent."""

    may_add_words = False

    class Media:
        css = {"all": ["css/admin/text_check.css"]}

    def render(self, name, value, attrs=None, renderer=None):
        context = {"may_add_words": self.may_add_words}
        return render_to_string("admin/news/post/text_check.html", context)

    def use_required_attribute(self, initial):
        return False

    def id_for_label(self, id_):
        return None


class DocumentForm(forms.ModelForm):
    accept_changes = forms.BooleanField(
        label="Принять исправления и\u00a0убрать примечания",
        required=False,
        help_text="Отметьте, если в\u00a0файле остались исправления или примечания: "
        "на\u00a0сайте они видны всем.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # absent where the form is only read
            self.fields["file"].accept_changes = bool(self["accept_changes"].data)


class PostForm(forms.ModelForm):
    """`may_publish` is whether the user of the form may; others get no field for the moment."""

    may_publish = False
    note = forms.CharField(
        label="Записка редактору",
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Редактор прочитает её, когда вы отправите публикацию на проверку.",
    )
    reason = forms.CharField(
        label="Причина возврата",
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Автор увидит её у публикации и на рабочем столе.",
    )
    text_check = forms.Field(label="Проверка текста", required=False, widget=TextCheckWidget)
    photographs = forms.Field(label="Фотографии", required=False, widget=PhotosWidget)

    class Meta:
        model = Post
        fields = [
            "kind",
            "title",
            "slug",
            "lead",
            "body",
            "topic",
            "published_at",
            "event_date",
            "event_end_date",
            "event_time",
            "place",
            "announcement",
        ]
        help_texts = {"body": help_link("Текст", "text", "editor")}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField one-line"}),
            "lead": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        published_at = self.fields.get("published_at")  # None for users with view permission only
        if published_at:
            date, time = published_at.widget.widgets
            date.attrs["aria-label"], time.attrs["aria-label"] = "Дата выхода", "Время выхода"
            published_at.label = MOMENT_LABELS.get(self.instance.state, "Отложить до")
            published_at.help_text = f"Время местное: {name_zone()}"
        self.stored = copy(self.instance)  # validation changes the instance even if it fails
        if self.data.get(TAKE) in self.fields:
            take_stored(self, self.data[TAKE])

    def _get_validation_exclusions(self):
        """Skip the slug if the title is invalid: it is made from the title."""
        exclusions = super()._get_validation_exclusions()
        return exclusions | {"slug"} if "title" in self.errors else exclusions

    def clean_title(self):
        """Join the lines of the title; no-break spaces, which are intentional, remain."""
        return re.sub(r"[ \t\r\n]+", " ", self.cleaned_data["title"]).strip()

    def clean_slug(self):
        """Have the address made from the new title if it came from the former one, unseen."""
        slug, stored = self.cleaned_data["slug"], self.stored
        made = make_slug(stored.title)
        was_shown = stored.published_at or stored.withdrawn_from
        is_renamed = self.cleaned_data.get("title", stored.title) != stored.title
        is_made = made and slug == stored.slug and slug.startswith(made)
        return "" if is_made and is_renamed and not was_shown else slug

    @property
    def pressed(self):
        """The Transition whose button was pressed, or None."""
        return next((kind for kind in Transition if kind.value in self.data), None)

    @property
    def is_refused(self):
        """Whether a button was pressed that the user of the form is not offered."""
        return self.pressed in (OF_AUTHORS if self.may_publish else OF_EDITORS)

    @property
    def review(self):
        """The pressed Transition if it is a step of the review, to be made after saving."""
        is_step = self.pressed in (Transition.SUBMIT, Transition.RECALL, Transition.RETURN)
        return self.pressed if is_step and not self.is_refused else None

    def clean_published_at(self):
        """The publication time that results from the pressed button; None for a draft."""
        is_rescheduled = "published_at" in self.changed_data
        moment = self.cleaned_data["published_at"] if is_rescheduled else self.stored.published_at
        if "_withdraw" in self.data:
            return None
        if "_republish" in self.data:
            return self.stored.withdrawn_from
        if self.stored.state == Post.State.PUBLISHED:
            return moment
        is_future = moment is not None and moment > timezone.now()
        if "_publish" not in self.data:
            return self.clean_moment_for_saving(moment, is_future)
        if is_future and is_rescheduled:
            raise ValidationError(
                f"Чтобы публикация вышла {full_moment(moment)}, сохраните её: она выйдет сама. "
                "Чтобы опубликовать сейчас, сотрите дату и время."
            )
        return moment if moment and not is_future else timezone.now()

    def clean_moment_for_saving(self, moment, is_future):
        """Reject a time in the past: saving must not publish a post at once."""
        if moment and not is_future:
            raise ValidationError(
                "Это время уже прошло. Укажите время в будущем, чтобы публикация вышла сама, или "
                "нажмите «Опубликовать»: она выйдет сейчас и встанет под этой датой."
            )
        return moment

    def clean(self):
        data = super().clean()
        moment = data.get("published_at")
        has_no_date = not data.get("event_date") and "event_date" not in self.errors
        if moment and data.get("kind") == Post.Kind.ANNOUNCEMENT and has_no_date:
            self.add_error("event_date", "Без даты события анонс не опубликовать: укажите её.")
        if moment:
            self.instance.leave_review()
            if moment > timezone.now() and self.stored.is_published:
                self.instance.withdrawn_from = self.stored.published_at
        elif "published_at" in self.fields:
            self.instance.become_draft()
        self.check_review(data)
        check_version(self)
        return data

    def check_review(self, data):
        """Add an error if the pressed step of the review is not possible."""
        if self.review and (objection := self.stored.why_not_allowed(self.review)):
            self.add_error(None, objection)
        elif self.review == Transition.RETURN and not data.get("reason"):
            self.add_error("reason", NO_REASON)
