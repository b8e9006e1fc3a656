"""The review of drafts in the admin of posts: what authors send and editors return."""

from copy import deepcopy

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.text import Truncator

from news.admin.publishing.states import list_transitions, review_words
from news.editing.names import short_name
from news.models import Post
from news.models.publishing.states import Transition

REFUSED = {
    True: "Отправлять на проверку незачем: вы можете публиковать. Сохранено без отправки.",
    False: "Публиковать может редактор: текст сохранён как черновик. Отправьте его на проверку.",
}
WORDS_FIELDS = {Transition.SUBMIT: "note", Transition.RETURN: "reason"}
DONE = {
    Transition.SUBMIT: "Отправлено на проверку",
    Transition.RECALL: "Забрано с проверки",
    Transition.RETURN: "Возвращено автору",
}


class ReviewAdmin:
    """The fields, buttons and columns of the review; each depends on state and permission."""

    def get_list_display(self, request):
        """Who sees posts of others is told whose they are."""
        columns = super().get_list_display(request)
        return [*columns, "author_name"] if self.sees_every_row(request) else columns

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.may_publish = self.has_publish_permission(request)
        return form

    def get_fieldsets(self, request, obj=None):
        """Without fields that would tell or change more than the user may."""
        fieldsets = deepcopy(super().get_fieldsets(request, obj))
        may_save = obj is None or self.has_change_permission(request, obj)
        hidden = set()
        if may_save and not self.has_publish_permission(request):
            hidden.add("published_at")
        if obj and obj.announcement_id and not self.may_name_announcement(request, obj):
            hidden.add("announcement")
        for _, options in fieldsets:
            options["fields"] = [name for name in options["fields"] if name not in hidden]
        fields = self.list_words_fields(request, obj) if may_save else []
        words = ("Проверка", {"fields": fields, "classes": ["words"]})
        return [*fieldsets, words] if fields else fieldsets

    def may_name_announcement(self, request, post):
        return self.get_choices(request).filter(pk=post.announcement_id).exists()

    def list_words_fields(self, request, post):
        """The fields for the words that go with the buttons that are offered."""
        kinds = list_transitions(post or Post(), self.has_publish_permission(request))
        return [WORDS_FIELDS[kind] for kind in kinds if kind in WORDS_FIELDS]

    def continue_review(self, request, post, form):
        """Make the step of the review whose button was pressed; the post is saved already."""
        words = form.cleaned_data
        if form.is_refused:
            self.message_user(request, REFUSED[form.may_publish], messages.WARNING)
        elif form.review == Transition.SUBMIT:
            post.submit(words["note"])
        elif form.review == Transition.RECALL:
            post.recall()
        elif form.review == Transition.RETURN:
            post.return_to_author(words["reason"])
        if form.review:
            text = ": ".join(filter(None, [DONE[form.review], review_words(post)]))
            self.log_change(request, post, text)

    @admin.display(description="состояние")
    def state_label(self, post):
        words = Truncator(review_words(post)).chars(120)
        more = format_html('<span class="review-words">{}</span>', words) if words else ""
        state = post.state
        return format_html('<span class="state-{}">{}</span>{}', state.value, state.label, more)

    @admin.display(description="автор")
    def author_name(self, post):
        return short_name(post.author) if post.author else "—"
