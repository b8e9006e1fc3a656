"""The kinds and the states of a post; constraints, filters and labels derive from them."""

from django.db import models


class PostKind(models.TextChoices):
    REPORT = "report", "Репортаж"
    ANNOUNCEMENT = "announcement", "Анонс"
    NOTICE = "notice", "Объявление"


class PostState(models.TextChoices):
    DRAFT = "draft", "Черновик"
    SCHEDULED = "scheduled", "Выйдет по расписанию"
    PUBLISHED = "published", "Опубликовано"
