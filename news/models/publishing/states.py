"""The kinds and the states of a post, and what leads from one state to another.

Constraints, filters, labels and buttons derive from them.
"""

from django.db import models


class PostKind(models.TextChoices):
    REPORT = "report", "Репортаж"
    ANNOUNCEMENT = "announcement", "Анонс"
    NOTICE = "notice", "Объявление"


class PostState(models.TextChoices):
    DRAFT = "draft", "Черновик"
    IN_REVIEW = "in_review", "На проверке"
    RETURNED = "returned", "Возвращено автору"
    SCHEDULED = "scheduled", "Выйдет по расписанию"
    PUBLISHED = "published", "Опубликовано"


UNSCHEDULED = (PostState.DRAFT, PostState.IN_REVIEW, PostState.RETURNED)  # authors may change them


class Transition(models.TextChoices):
    """The values are the names of the buttons in the form."""

    SUBMIT = "_submit", "Отправить на проверку"
    RECALL = "_recall", "Забрать с проверки"
    RETURN = "_return", "Вернуть автору"
    PUBLISH = "_publish", "Опубликовать сейчас"
    REPUBLISH = "_republish", "Опубликовать с прежней датой"
    WITHDRAW = "_withdraw", "Снять с публикации"


ALLOWED_STATES = {  # the states in which each transition is allowed
    Transition.SUBMIT: (PostState.DRAFT, PostState.RETURNED),
    Transition.RECALL: (PostState.IN_REVIEW,),
    Transition.RETURN: (PostState.IN_REVIEW,),
    Transition.PUBLISH: (*UNSCHEDULED, PostState.SCHEDULED),
    Transition.REPUBLISH: (*UNSCHEDULED, PostState.SCHEDULED),
    Transition.WITHDRAW: (PostState.SCHEDULED, PostState.PUBLISHED),
}
OF_AUTHORS = (Transition.SUBMIT, Transition.RECALL)  # offered to those who may not publish
OF_EDITORS = (  # they take the permission to publish
    Transition.RETURN,
    Transition.WITHDRAW,
    Transition.REPUBLISH,
    Transition.PUBLISH,
)
