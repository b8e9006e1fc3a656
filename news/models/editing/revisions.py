"""The history of a post: what it was after each save and each step of its publication."""

from django.conf import settings
from django.db import models

MOST_REVISIONS = 200  # of one post; the earliest ones give way


class RevisionAct(models.TextChoices):
    FOUND = "found", "Как было до этого"
    CREATED = "created", "Создано"
    IMPORTED = "imported", "Создано из документа Word"
    COPIED = "copied", "Скопировано из другой публикации"
    BEGUN = "begun", "Начато из анонса"
    SAVED = "saved", "Сохранено"
    SUBMITTED = "submitted", "Отправлено на проверку"
    RECALLED = "recalled", "Забрано с проверки"
    RETURNED = "returned", "Возвращено автору"
    SCHEDULED = "scheduled", "Назначено время выхода"
    PUBLISHED = "published", "Опубликовано"
    WITHDRAWN = "withdrawn", "Снято с публикации"
    RESTORED = "restored", "Возвращена прежняя версия"
    CAPTIONED = "captioned", "Возвращены подписи фотографий"
    TOPIC_CHANGED = "topic_changed", "Изменена тема"
    DELETED = "deleted", "Убрано в корзину"
    UNDELETED = "undeleted", "Возвращено из корзины"
    UNDONE = "undone", "Отменено действие со списком"


class Revision(models.Model):
    """Never changed once it is stored, but for the words about a photograph that is taken down.

    `contents` is JSON (news.history.contents). It names photographs by their numbers, without
    their addresses: a photograph that is deleted cannot be seen in the history either.
    """

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="revisions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    act = models.CharField("что", max_length=20, choices=RevisionAct)
    words = models.TextField("пояснение", blank=True)
    changes = models.CharField("изменено", max_length=250, blank=True)
    contents = models.TextField("содержание")
    created_at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        verbose_name = "версия"
        verbose_name_plural = "версии"
        ordering = ["-pk"]
        indexes = [models.Index(name="revision_newest_of_post", fields=["post", "-id"])]

    def __str__(self):
        return f"{self.get_act_display()} № {self.pk}"
