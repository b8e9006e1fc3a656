"""What staff enter about a post."""

from django import forms
from django.core.exceptions import ValidationError

from college_site.images import clean_photograph
from news.models import Post

MOST_PHOTOS = 60


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyPicturesField(forms.FileField):
    """Several pictures at once: a list of CleanPictures; an error names its file."""

    widget = ManyFilesInput(attrs={"accept": "image/*,.heic,.heif", "multiple": True})

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if len(files) > MOST_PHOTOS:
            raise ValidationError(
                f"За один раз принимаются {MOST_PHOTOS} файлов, а выбрано {len(files)}. "
                "Сохраните часть и добавьте остальные следом."
            )
        pictures, errors = [], []
        for file in files:
            try:
                pictures.append(clean_photograph(file))
            except ValidationError as error:
                errors.append(f"{file.name}: {' '.join(error.messages)}")
        if errors:
            raise ValidationError(errors)
        return pictures


class PostForm(forms.ModelForm):
    new_photos = ManyPicturesField(
        label="Добавить фотографии",
        required=False,
        help_text="Можно выбрать сразу много. JPEG, PNG, WebP, HEIC до 30 МБ каждая; "
        "место съёмки и данные телефона из них удаляются. "
        "Подписи и порядок — ниже, после сохранения.",
    )

    class Meta:
        model = Post
        fields = [
            *("kind", "title", "slug", "lead", "body", "topic", "published_at"),
            *("event_date", "event_end_date", "event_time", "place", "announcement"),
        ]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField one-line"}),
            "lead": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        data = super().clean()
        undated = not data.get("event_date") and "event_date" not in self.errors
        if "_publish" in self.data and data.get("kind") == Post.Kind.ANNOUNCEMENT and undated:
            self.add_error("event_date", "Без даты события анонс не опубликовать: укажите её.")
        return data
