"""The admin's page that makes a draft of a Word document."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Media, Script
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join

from college_site.admin_site.model_admin import FORM
from college_site.http.request_state import request_state
from college_site.uploads.word_documents import MAX_BYTES
from news.history.recording import record
from news.importing.drafts import create_draft, read_import
from news.models.editing.revisions import RevisionAct

SCRIPTS = ["js/admin/submit_once.js", "js/admin/word_drop.js"]
LIMIT = {"word_limit": MAX_BYTES}  # for the form that takes a file dropped on another page
NOT_READ_YET = "Черновик ещё не\u00a0создан. Выберите файл снова и\u00a0нажмите кнопку."


class WordFileForm(forms.Form):
    """One file; its cleaned value is an Import."""

    file = forms.FileField(
        label="Документ Word",
        help_text="Файл .docx до\u00a060\u00a0МБ. Заголовок, лид, текст, таблицы и\u00a0фотографии "
        "станут черновиком: посетители его не\u00a0увидят, пока вы его не\u00a0опубликуете.",
        widget=forms.FileInput(attrs={"accept": ".docx", "data-limit": MAX_BYTES}),
        error_messages={
            "required": "Выберите документ Word: файл не\u00a0выбран.",
            "empty": "Файл пуст: в\u00a0нём 0\u00a0байт. Сохраните документ ещё раз.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            return read_import(file)
        except ValidationError as error:
            raise ValidationError(f"{file.name}: {' '.join(error.messages)}") from error


class WordImportAdmin:
    """Adds the page to the admin of posts."""

    def get_urls(self):
        page = self.page_path("import/", self.import_view, "import", FORM, keeps_entries=True)
        return [page, *super().get_urls()]

    def import_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request_state(request).is_review:
            messages.warning(request, NOT_READ_YET)
            return self.render_import(request, WordFileForm())
        if request.method != "POST":
            return self.render_import(request, WordFileForm())
        form = WordFileForm(request.POST, request.FILES)
        if form.is_valid():
            return self.create_from(request, form.cleaned_data["file"])
        return self.render_import(request, form)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), **LIMIT})

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {**(extra_context or {}), **LIMIT})

    def render_import(self, request, form):
        context = {
            **self.admin_site.each_context(request),
            "title": "Новая публикация из\u00a0Word",
            "opts": self.opts,
            "form": form,
            "media": Media(
                css={"all": ["admin/css/forms.css", "css/admin/news.css"]},
                js=[Script(path, type="module") for path in SCRIPTS],
            ),
        }
        return render(request, "admin/news/post/import.html", context)

    def create_from(self, request, read):
        """Store the draft, tell what is missing there and keep that in its history."""
        post = create_draft(read, request.user)
        count = len(read.pictures)
        self.log_addition(request, post, "; ".join(["Создано из\u00a0документа Word", *read.notes]))
        record(post, request.user, RevisionAct.IMPORTED, "; ".join(read.notes))
        text = f"Черновик «{post}» создан из\u00a0документа Word, фотографий: {count}."
        messages.success(request, text)
        if read.notes:
            messages.warning(request, list_notes(read.notes))
        if self.has_view_or_change_permission(request, post):
            return redirect("admin:news_post_change", post.pk)
        return redirect("admin:index")


def list_notes(notes):
    """The notes as one message."""
    items = format_html_join("", "<li>{}.</li>", ((note,) for note in notes))
    return format_html(
        "Сравните черновик с\u00a0документом. Этот список останется в\u00a0истории публикации."
        '<ul class="import-notes">{}</ul>',
        items,
    )
