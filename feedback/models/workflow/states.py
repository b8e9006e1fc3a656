"""The states of suggestions and public answers, and the kinds of events.

Constraints, filters, labels and buttons derive from these enums and sets.
"""

from django.db import models


class Status(models.TextChoices):
    RECEIVED = "received", "Принято"
    IN_PROGRESS = "in_progress", "В работе"
    WAITING = "waiting", "Ждёт ответа автора"
    ANSWERED = "answered", "Дан ответ"
    DECLINED = "declined", "Отклонено с объяснением"
    WITHDRAWN = "withdrawn", "Отозвано автором"
    QUARANTINE = "quarantine", "На проверке"
    MERGED = "merged", "Объединено с похожим"


IN_HAND = (Status.RECEIVED, Status.IN_PROGRESS, Status.WAITING)
OPEN = (*IN_HAND, Status.QUARANTINE)
RUNNING = (Status.RECEIVED, Status.IN_PROGRESS, Status.QUARANTINE)  # the clock runs
CLOSED = (Status.ANSWERED, Status.DECLINED)
AFTER_MERGING = (Status.MERGED, *CLOSED, Status.WITHDRAWN)  # of duplicates
PUBLIC = (*CLOSED, Status.IN_PROGRESS, Status.WAITING, Status.RECEIVED)
STEPS = {
    Status.QUARANTINE: 1,  # the author does not learn of it
    Status.RECEIVED: 1,
    Status.MERGED: 2,
    Status.IN_PROGRESS: 2,
    Status.WAITING: 2,
    Status.ANSWERED: 3,
    Status.DECLINED: 3,
}


class Decision(models.TextChoices):
    """What an answer decides; a suggestion answered before there were decisions has none."""

    ACCEPTED = "accepted", "Принято"
    PARTLY = "partly", "Принято частично"
    DECLINED = "declined", "Отклонено"
    ALREADY = "already", "Уже так"


MAY_PROMISE = (Decision.ACCEPTED, Decision.PARTLY)


class PromiseState(models.TextChoices):
    OPEN = "open", "Обещано"
    FULFILLED = "fulfilled", "Выполнено"
    CANCELLED = "cancelled", "Отменено с объяснением"


class EventKind(models.TextChoices):
    RECEIVED = "received", "Предложение принято"
    QUARANTINED = "quarantined", "Отложено на проверку"
    RELEASED = "released", "Проверено и принято в работу"
    TAKEN_UP = "taken_up", "Взято в работу"
    QUESTION = "question", "Вопрос автору"
    REPLY = "reply", "Ответ автора"
    EXTENDED = "extended", "Срок продлён"
    FORWARDED = "forwarded", "Передано тем, кто решает вопрос"
    ANSWERED = "answered", "Дан ответ"
    DECLINED = "declined", "Отклонено с объяснением"
    DECIDED = "decided", "Решение"
    FULFILLED = "fulfilled", "Обещание выполнено"
    CANCELLED = "cancelled", "Обещание отменено"
    WITHDRAWN = "withdrawn", "Отозвано автором"
    RATED = "rated", "Автор оценил ответ"
    REOPENED = "reopened", "Автор попросил рассмотреть ещё раз"
    PUBLISHED = "published", "Опубликовано с ответом"
    HIDDEN = "hidden", "Снято с публикации"
    RESTRICTED = "restricted", "Перенесено в закрытую очередь"
    OPENED_UP = "opened_up", "Возвращено в общую очередь"
    ASSIGNED = "assigned", "Назначен ответственный"
    NOTE = "note", "Заметка для сотрудников"
    READ = "read", "Прочитано: закрытая очередь"
    CONTACT_READ = "contact_read", "Прочитан адрес автора"
    CONTACT_ERASED = "contact_erased", "Почта автора стёрта"
    ERASED = "erased", "Личные данные уничтожены"
    TOPIC_CHANGED = "topic_changed", "Тема изменена"
    UNDONE = "undone", "Отменено сотрудником"
    MERGED = "merged", "Объединено с похожим"
    SEPARATED = "separated", "Снова рассматривается отдельно"
    JOINED = "joined", "Присоединено похожее предложение"
    LEFT = "left", "Похожее предложение отделено"
    NOT_PUBLISHED = "not_published", "Решено не публиковать"


BY_AUTHOR = (
    EventKind.RECEIVED,
    EventKind.REPLY,
    EventKind.WITHDRAWN,
    EventKind.RATED,
    EventKind.REOPENED,
)
WITH_TEXT = (
    EventKind.QUESTION,
    EventKind.REPLY,
    EventKind.EXTENDED,
    EventKind.FORWARDED,
    EventKind.ANSWERED,
    EventKind.DECLINED,
    EventKind.DECIDED,
    EventKind.FULFILLED,
    EventKind.CANCELLED,
    EventKind.REOPENED,
    EventKind.ASSIGNED,
    EventKind.NOTE,
    EventKind.TOPIC_CHANGED,
    EventKind.MERGED,
    EventKind.NOT_PUBLISHED,
)
INTERNAL = (
    EventKind.QUARANTINED,
    EventKind.RELEASED,
    EventKind.RESTRICTED,
    EventKind.OPENED_UP,
    EventKind.ASSIGNED,
    EventKind.NOTE,
    EventKind.READ,
    EventKind.CONTACT_READ,
    EventKind.TOPIC_CHANGED,
    EventKind.UNDONE,
    EventKind.JOINED,
    EventKind.LEFT,
)
READINGS = (EventKind.READ, EventKind.CONTACT_READ)
CLOSING = (EventKind.ANSWERED, EventKind.DECLINED)
RESULTS = (EventKind.FULFILLED, EventKind.CANCELLED)  # what came of a promise
ERASURES = {  # the events that say why the history has only commitments to a content
    "text": (EventKind.ERASED,),
    "person": (EventKind.ERASED,),
    "contact": (EventKind.CONTACT_ERASED, EventKind.ERASED),
}
ERASED_TEXT = "Текст уничтожен."  # stands where a text was
MAILED = (
    EventKind.RECEIVED,
    EventKind.QUESTION,
    EventKind.EXTENDED,
    EventKind.FORWARDED,
    EventKind.ANSWERED,
    EventKind.DECLINED,
    EventKind.MERGED,
    EventKind.SEPARATED,
    EventKind.PUBLISHED,
    EventKind.HIDDEN,
    EventKind.NOT_PUBLISHED,
    EventKind.FULFILLED,
    EventKind.CANCELLED,
)
WORDS_FOR_AUTHOR = {  # to the author, any member of staff is «Техникум»
    EventKind.RECEIVED: "Предложение принято",
    EventKind.TAKEN_UP: "Техникум взял предложение в работу",
    EventKind.QUESTION: "Техникум задал вопрос",
    EventKind.REPLY: "Вы написали",
    EventKind.EXTENDED: "Техникум продлил срок",
    EventKind.FORWARDED: "Техникум передал предложение тем, кто решает вопрос",
    EventKind.ANSWERED: "Техникум ответил",
    EventKind.DECLINED: "Техникум отклонил предложение и объяснил почему",
    EventKind.DECIDED: "Техникум принял решение",
    EventKind.FULFILLED: "Техникум выполнил обещание",
    EventKind.CANCELLED: "Техникум отменил обещание и объяснил почему",
    EventKind.WITHDRAWN: "Вы отозвали предложение",
    EventKind.RATED: "Вы оценили ответ",
    EventKind.REOPENED: "Вы попросили рассмотреть ещё раз",
    EventKind.PUBLISHED: "Техникум опубликовал предложение с ответом",
    EventKind.HIDDEN: "Техникум снял предложение с публикации",
    EventKind.CONTACT_ERASED: "Техникум стёр адрес вашей почты",
    EventKind.ERASED: "Техникум уничтожил личные данные: текст, переписку, файлы, адрес почты",
    EventKind.MERGED: "Техникум рассматривает предложение вместе с похожим",
    EventKind.SEPARATED: "Техникум рассматривает предложение отдельно",
    EventKind.NOT_PUBLISHED: "Техникум решил не публиковать предложение",
}


class PublicationState(models.TextChoices):
    """The filter of public answers in the admin; LACKING ones miss an answer given since."""

    DRAFT = "draft", "Не опубликовано"
    PUBLISHED = "published", "Видно всем"
    LACKING = "lacking", "Ответ не внесён"
