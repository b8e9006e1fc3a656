"""Ten new suggestions on the desk, another one with a long history; run on the scratch site."""

import json
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.utils import timezone

from feedback.models import Consent, PreparedAnswer, Suggestion, SuggestionTopic
from feedback.models.workflow.states import OPEN, Status
from tests import factories
from tests.scratch_site import PASSWORD

ACCOUNTS = ("deputy", "colleague")
ROLES = ("Приём", "Ответственный", "Руководитель", "Закрытая очередь")
PUBLIC = (
    "Поставьте вторую кофемашину: Иванова Мария Петровна, Сидоров Пётр Ильич и Анна Кузнецова "
    "каждый день стоят в очереди. Ответьте на ivanova@example.ru."
)
TEN = {  # {name: fields}
    "answer": {"text": "Почините кран в мастерской на первом этаже: он течёт второй месяц."},
    "original": {"text": "Поставьте велопарковку у главного входа, велосипеды негде оставить."},
    "duplicate": {"text": "Нужна велопарковка у главного входа: велосипеды стоят у забора."},
    "restricted": {"text": "В группе травят первокурсника, помогите.", "is_restricted": True},
    "spam": {
        "text": "Займы без справок, переходите на сайт!",
        "status": Status.QUARANTINE,
        "suspicion": "Слишком быстро после открытия формы",
    },
    "public": {"text": PUBLIC, "may_publish": True},
    "forward": {"text": "Сделайте скидку на обеды в столовой для тех, кто на практике."},
    "ask": {"text": "В одной аудитории не работает проектор, пары проходят без слайдов."},
    "extend": {"text": "Постройте навес над площадкой для сварки, зимой на ней снег."},
    "decline": {"text": "Отмените первую пару по понедельникам, автобус приходит позже."},
}
PREPARED = {
    "title": "Сделаем",
    "decision": "accepted",
    "text": "По предложению № {номер}: сделаем, работа уже заказана.",
}
LONG = {"text": "Переписка о ремонте спортзала, в которой накопилось пятьдесят событий."}
EVENTS, FILES = 50, 5


def fill():
    """Write {name: [number, key]} into ten.json in the folder of data."""
    close_demo()
    staff = [make_account(name) for name in ACCOUNTS]
    topic = SuggestionTopic.objects.get(title__startswith="Здание")
    PreparedAnswer.objects.create(**PREPARED)
    rows = {name: submit(topic, **fields) for name, fields in TEN.items()}
    rows["long"] = make_long(topic, staff[1])
    found = {name: [row.number, row.pk] for name, row in rows.items()}
    (settings.DATA_DIR / "ten.json").write_text(json.dumps(found))


def close_demo():
    """Answer what the demo left open, so that the desk holds only this day's suggestions."""
    for suggestion in Suggestion.objects.filter(status__in=OPEN):
        if suggestion.status == Status.QUARANTINE:
            suggestion.release(None)
        suggestion.decline("Об этом мы уже ответили.", None)


def make_account(name):
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=ROLES))
    return user


def submit(topic, text, staging_hash="", **fields):
    contact = {"email": f"{uuid4().hex}@example.ru", "consent": Consent.objects.current()}
    row = Suggestion(
        topic=topic, role="student", text=text, consented_at=timezone.now(), **contact, **fields
    )
    return row.submit(uuid4(), staging_hash)


def make_long(topic, staff):
    """Answered already, with EVENTS events and FILES files."""
    for _ in range(FILES):
        factories.attachment("bench")
    row = submit(topic, **LONG, staging_hash="bench")
    for number in range(EVENTS - 2):
        row.note(f"Заметка {number + 1}: звонили завхозу, он обещал посмотреть.", staff)
    row.give_answer("Спортзал отремонтируют летом.", staff)
    return row
