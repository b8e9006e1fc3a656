"""Posts in the admin: the list, the page of one post, publishing."""

from adminsortable2.admin import CustomInlineFormSet as SortableFormSet
from adminsortable2.admin import SortableAdminBase, SortableStackedInline, SortableTabularInline
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html

from news.forms import PostForm
from news.models import Document, Participation, Photo, Post, Video


class PhotoFormSet(SortableFormSet):
    """One cover: it may move from a photograph to another one within the same form."""

    def clean(self):
        super().clean()
        if sum(bool(form.cleaned_data.get("is_cover")) for form in self.kept_forms()) > 1:
            raise ValidationError("Обложка у публикации одна: снимите лишнюю отметку.")

    def save(self, commit=True):
        marked = [form.instance.pk for form in self.kept_forms() if form.instance.is_cover]
        self.instance.photos.exclude(pk__in=marked).update(is_cover=False)
        return super().save(commit)

    def kept_forms(self):
        valid = [form for form in self.initial_forms if hasattr(form, "cleaned_data")]
        return [form for form in valid if form not in self.deleted_forms]


class PhotoInline(SortableStackedInline):
    """Captions and order; photographs come in through the form's own field, many at once."""

    model = Photo
    formset = PhotoFormSet
    fields = ["thumbnail", "caption", "alt", "credit", "is_cover"]
    readonly_fields = ["thumbnail"]
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="")
    def thumbnail(self, photo):
        return format_html('<img class="thumbnail" src="{}" alt="">', photo.small_url)


class ParticipationInline(SortableTabularInline):
    model = Participation
    autocomplete_fields = ["partner"]
    extra = 0


class DocumentInline(SortableTabularInline):
    model = Document
    fields = ["title", "file"]
    extra = 0


class VideoInline(SortableTabularInline):
    model = Video
    fields = ["address", "title", "still"]
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "still":
            post = request.resolver_match.kwargs.get("object_id", "")
            kwargs["queryset"] = Photo.objects.filter(post=post if post.isdecimal() else None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StateFilter(admin.SimpleListFilter):
    title = "состояние"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Post.State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() else queryset


@admin.register(Post)
class PostAdmin(SortableAdminBase, admin.ModelAdmin):
    form = PostForm
    inlines = [PhotoInline, VideoInline, ParticipationInline, DocumentInline]
    autocomplete_fields = ["topic", "announcement"]
    save_on_top = False
    list_display = ["thumbnail", "title", "kind", "state_label", "published_at", "event_date"]
    list_display_links = ["title"]
    list_filter = [StateFilter, "kind", "topic"]
    list_per_page = 30
    search_fields = ["title", "lead", "place"]
    date_hierarchy = "published_at"
    actions = ["publish_selected", "withdraw_selected"]
    fieldsets = [
        (None, {"fields": ["state_line", "kind", "title", "lead", "body", "new_photos"]}),
        (
            "Событие",
            {"fields": [("event_date", "event_time", "event_end_date"), "place", "announcement"]},
        ),
        (None, {"fields": ["topic"]}),
        ("Адрес и время выхода", {"fields": ["slug", "published_at"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["state_line"]

    class Media:
        css = {"all": ["css/admin/forms.css", "css/admin/news.css"]}
        js = ["js/admin/editor_labels.js", "js/admin/choice_names.js"]

    def get_queryset(self, request):
        return super().get_queryset(request).for_cards()

    def view_on_site(self, post):
        return post.get_absolute_url() if post.state == Post.State.PUBLISHED else None

    @admin.display(description="обложка")
    def thumbnail(self, post):
        if post.cover is None:
            return "—"
        return format_html('<img class="thumbnail" src="{}" alt="">', post.cover.small_url)

    @admin.display(description="состояние", ordering="published_at")
    def state_label(self, post):
        return format_html('<span class="state-{}">{}</span>', post.state.value, post.state.label)

    @admin.display(description="состояние")
    def state_line(self, post):
        """The state in words, with the moment and its time zone."""
        if post.published_at is None:
            return "Черновик: посетители его не видят."
        moment = timezone.localtime(post.published_at)
        verb = "Опубликовано" if post.state == Post.State.PUBLISHED else "Выйдет"
        return f"{verb} {format_date(moment, 'j E Y года в H:i')}, {moment.tzname()}."

    def render_change_form(self, request, context, *args, **kwargs):
        """The editor's import map is an inline script: it carries the page's nonce."""
        context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        post = context.get("original")
        context["is_published"] = bool(post) and post.state == Post.State.PUBLISHED
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if "_publish" in request.POST and obj.state != Post.State.PUBLISHED:
            obj.published_at = timezone.now()
        elif "_withdraw" in request.POST:
            obj.published_at = None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.add_photos(form.cleaned_data["new_photos"])

    @admin.action(description="Опубликовать", permissions=["change"])
    def publish_selected(self, request, queryset):
        published = 0
        for post in queryset:
            try:
                post.publish()
                published += 1
            except ValidationError as error:
                reason = " ".join(error.messages)
                self.message_user(request, f"«{post}» не опубликован. {reason}", messages.ERROR)
        self.message_user(request, f"Опубликовано: {published}.", messages.SUCCESS)

    @admin.action(description="Снять с публикации", permissions=["change"])
    def withdraw_selected(self, request, queryset):
        for post in queryset:
            post.withdraw()
        self.message_user(request, f"Снято с публикации: {len(queryset)}.", messages.SUCCESS)
