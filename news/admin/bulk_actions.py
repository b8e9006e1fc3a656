"""Actions with the selected posts of the list: they say what they did, and can be undone."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from college_site.admin_site.model_admin import POST
from college_site.http.responses import see_other
from college_site.templatetags.typography import plural
from news.admin.secondary_views import admin_view
from news.admin.versions.bin import count_files
from news.editing.undo import read_fields, store_step, take_step, undo
from news.history.recording import recording
from news.models import Post, Topic
from news.models.editing.revisions import RevisionAct
from news.models.publishing.access import in_bin_of
from news.models.publishing.bin import RETENTION

MOST_NAMES = 5
SHOWN_STEP = "undo_step"  # in the session
NO_TOPIC = "none"
POSTS = "публикация,публикации,публикаций"
DONE = {
    RevisionAct.PUBLISHED: "Опубликовано",
    RevisionAct.WITHDRAWN: "Снято с\u00a0публикации, теперь это черновики",
    RevisionAct.DELETED: "Убрано в\u00a0корзину",
}
NOT_DONE = {
    RevisionAct.PUBLISHED: "Не\u00a0опубликовано",
    RevisionAct.WITHDRAWN: "Не\u00a0снято",
    RevisionAct.TOPIC_CHANGED: "Тема не\u00a0изменена",
    RevisionAct.DELETED: "Не\u00a0убрано в\u00a0корзину",
}
TOO_LATE = (
    "Отменить уже нельзя: прошло больше десяти минут, отменили раньше или после этого сделали "
    "что-то ещё."
)
NO_RIGHT = "У\u00a0вас нет на\u00a0это права: публикации на\u00a0сайте меняют редакторы."


class PostActionForm(ActionForm):
    topic = forms.CharField(label="Тема:", required=False, widget=forms.Select)


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    view = admin_view(model_admin, undo_step, POST)
    return [path("undo/<uuid:key>/", view, name="news_post_undo")]


class BulkActionsAdmin:
    """Each action asks for the right to change each post, and is one step to undo."""

    action_form = PostActionForm
    actions = ["publish_selected", "unpublish_selected", "change_topic", "delete_selected"]

    def changelist_view(self, request, extra_context=None):
        context = {
            "undo_step": read_shown_step(request),
            "may_delete": self.has_delete_permission(request),
        }
        response = super().changelist_view(request, {**context, **(extra_context or {})})
        shown = getattr(response, "context_data", None) or {}
        if shown.get("action_form"):
            topics = [(NO_TOPIC, "без темы"), *list_topics(shown["cl"])]
            shown["action_form"].fields["topic"].widget.choices = topics
        return response

    @admin.action(description="Опубликовать (снятые — с прежней датой)", permissions=["publish"])
    def publish_selected(self, request, queryset):
        self.try_each(request, queryset, RevisionAct.PUBLISHED, publish)

    @admin.action(description="Снять с публикации, вернуть в черновики", permissions=["publish"])
    def unpublish_selected(self, request, queryset):
        self.try_each(request, queryset, RevisionAct.WITHDRAWN, withdraw)

    @admin.action(description="Сменить тему на выбранную рядом", permissions=["change"])
    def change_topic(self, request, queryset):
        number = chosen_topic(request)
        topic = Topic.objects.filter(pk=number).first() if number.isdecimal() else None
        if topic is None and number != NO_TOPIC:
            self.message_user(request, "Выберите тему рядом с\u00a0действием.", messages.WARNING)
            return

        def change(post):
            if post.topic == topic:
                raise ValidationError("Эта тема и\u00a0была.")
            post.topic = topic
            post.save(update_fields=["topic", "updated_at"])

        done = f"Изменена тема на\u00a0«{topic}»" if topic else "Убрана тема"
        self.try_each(request, queryset, RevisionAct.TOPIC_CHANGED, change, done)

    @admin.action(description="Убрать в корзину", permissions=["delete"])
    def delete_selected(self, request, queryset):
        self.try_each(
            request, queryset, RevisionAct.DELETED, lambda post: post.move_to_bin(request.user)
        )

    def try_each(self, request, posts, act, change, done=""):
        """Change each post; say which were changed, and of the others why not."""
        changed, refused, done = [], [], done or DONE[act]
        for post in posts:
            before = read_fields(post)
            try:
                self.check_right(request, act, post)
                with recording(post, request.user, act):
                    change(post)
            except ValidationError as error:
                refused.append((post.title, " ".join(error.messages)))
            else:
                self.log_change(request, post, done)
                changed.append((post, before))
        if changed:
            self.offer_undo(request, act, done, changed)
        tell_refused(self, request, NOT_DONE[act], refused)

    def check_right(self, request, act, post):
        is_deletion = act == RevisionAct.DELETED
        may = self.has_delete_permission if is_deletion else self.has_change_permission
        if not may(request, post):
            raise ValidationError(NO_RIGHT)

    def offer_undo(self, request, act, done, changed):
        """The list shows what was done beside the button that undoes it."""
        words = f"{done}: {tell_titles([post.title for post, _ in changed])}"
        request.session[SHOWN_STEP] = show_step(store_step(request.user, act, words, changed))

    # One post -----------------------------------------------------------------------------------

    def get_deleted_objects(self, objs, request):
        """Nothing is deleted with a post that goes to the bin, so nothing else is asked."""
        return [str(post) for post in objs], {}, set(), []

    def render_delete_form(self, request, context):
        post = context["object"]
        context |= {"post": post, "days": RETENTION.days, "files": count_files(post)}
        return super().render_delete_form(request, context)

    def delete_model(self, request, obj):
        self.try_each(
            request, [obj], RevisionAct.DELETED, lambda post: post.move_to_bin(request.user)
        )

    def response_delete(self, request, obj_display, obj_id):
        may_list = self.has_view_or_change_permission(request)
        return redirect(reverse("admin:news_post_changelist" if may_list else "admin:index"))


def publish(post):
    if post.is_published:
        raise ValidationError("Уже на\u00a0сайте.")
    post.publish()


def withdraw(post):
    if post.published_at is None:
        raise ValidationError("Это и\u00a0так черновик.")
    post.unpublish()


def list_topics(changelist):
    """The choices of the filter by topic, which the page has read already."""
    for filter_spec in changelist.filter_specs:
        if getattr(filter_spec, "field_path", "") == "topic":
            return filter_spec.lookup_choices
    return Topic.objects.values_list("pk", "title")


def chosen_topic(request):
    """What was chosen beside the action whose button was pressed: Django's list may have two."""
    chosen = request.POST.getlist("topic")
    index = request.POST.get("index", "0")
    return chosen[int(index)] if index.isdecimal() and int(index) < len(chosen) else ""


def show_step(step):
    """What the list tells of the step, so that it asks the database nothing."""
    return {"key": str(step.key), "words": step.words, "until": step.expires_at.isoformat()}


def read_shown_step(request):
    shown = request.session.get(SHOWN_STEP)
    until = parse_datetime(shown["until"]) if shown else None
    return {**shown, "until": until} if shown and until > timezone.now() else None


def tell_titles(titles):
    """«3 публикации: «А», «Б», «В»»; of many the first ones."""
    named = ", ".join(f"«{title}»" for title in titles[:MOST_NAMES])
    more = f" и\u00a0ещё {len(titles) - MOST_NAMES}" if len(titles) > MOST_NAMES else ""
    return f"{plural(len(titles), POSTS)}: {named}{more}"


def tell_refused(model_admin, request, what, refused):
    """A message for each reason, with the titles that it concerns."""
    reasons = {}
    for title, reason in refused:
        reasons.setdefault(reason.rstrip("."), []).append(title)
    for reason, titles in reasons.items():
        text = f"{what}: {tell_titles(titles)}. {reason[:1].upper()}{reason[1:]}."
        model_admin.message_user(request, text, messages.WARNING)


def undo_step(model_admin, request, key):
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    request.session.pop(SHOWN_STEP, None)
    step = take_step(request.user, key)
    if step is None:
        model_admin.message_user(request, TOO_LATE, messages.WARNING)
        return see_other("admin:news_post_changelist")
    outcome = undo(step, request.user, lambda act, post: may_undo(model_admin, request, act, post))
    if outcome.undone:
        text = f"Отменено: {tell_titles([post.title for post in outcome.undone])}."
        model_admin.message_user(request, text, messages.SUCCESS)
    tell_refused(model_admin, request, "Не\u00a0отменено", outcome.refused)
    return see_other("admin:news_post_changelist")


def may_undo(model_admin, request, act, post):
    if act == RevisionAct.DELETED:
        is_own = Post.objects.filter(in_bin_of(request.user), pk=post.pk).exists()
        return model_admin.has_delete_permission(request) and is_own
    if act in (RevisionAct.PUBLISHED, RevisionAct.WITHDRAWN):
        may_publish = model_admin.has_publish_permission(request)
        return may_publish and model_admin.has_change_permission(request, post)
    return model_admin.has_change_permission(request, post)
