"""Words that show help lines and restrict a suggestion, and words that do not."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone

from feedback.models import Event, Mail, Suggestion
from feedback.moderation.safeguarding import mentions_harm
from tests import factories
from tests.clients import start_author_session


@pytest.mark.parametrize(
    "text",
    [
        "Меня травят в группе.",
        "В группе ТРАВЛЯ, помогите",
        "Меня каждый день бьют после пар",
        "Его ударили",
        "Я не хочу жить",
        "думаю покончить с собой",
        "Нет\nсил   жить",
        "Мне угрожают старшекурсники",
        "преподаватель пристаёт ко мне",
        "Принесу нож и всё",
        "это буллинг",
        "нас унижают",
        "ко мне пристаёт преподаватель",
        "К нам в раздевалке пристают",
        "побили меня",
        "Вчера меня побили за столовой",
        "Меня били мячом",
        "меня буллят",
        "Хочу вскрыть вены",
        "Она вены себе порезала",
        "причиняю себе боль",
        "Хочется нанести себе вред",
        "Он нанёс вред самому себе",
        "преподаватель лапает девочек",
        "наглотаюсь таблеток",
        "Она таблеток наглоталась",
        "В группе травят новенького",
        "Сказали, что убьют через час",
        "Думаю про суи\u00adцид",
        "Думаю про су\u200bи\u2060цид",
        "Думаю про cyицид",
        "Думаю про су\u0301ицид",
        "Хочу покончить c собой",
        "Меня и\u200dзбили",
        "Он меня зapeжeт",
        "Хочу\u00a0умереть",
        "Ребе\u0308нка побили, его\u202fбьют",
    ],
)
def test_a_text_that_mentions_harm_is_recognised(text):
    assert mentions_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "Поставьте лавочки во дворе.",
        "Нужна травля тараканов в общежитии",
        "Убить время между парами негде",
        "Мячом бьют окна спортзала",
        "Не хочу жить в общежитии на пятом этаже",
        "Угроза обрушения потолка",
        "Травяной газон",
        "Травят тараканов в общежитии",
        "Тараканов травят раз в год",
        "На паре травят анекдоты",
        "Лучше убью время в библиотеке",
        "Их команда побила рекорд",
        "У нас били окна мячом",
        "Очередь отнимает и наносит вред учёбе",
        "Хочется напиться воды, а кулера нет",
        "Кошачья лапа на логотипе",
        "",
    ],
)
def test_an_everyday_text_is_not_taken_for_harm(text):
    assert not mentions_harm(text)


@pytest.fixture
def entries(db):
    return factories.suggestion_entries(text="Меня травят в группе.")


def test_a_suggestion_that_mentions_harm_is_restricted(client, entries):
    client.post("/feedback/new/", entries)
    assert Suggestion.objects.get().is_restricted


@pytest.fixture
def suspicious(client, entries):
    """A suggestion that mentions harm, sent by a program with the address of a stranger."""
    contact = {
        "reply_by": "email",
        "email": "stranger@example.ru",
        "consents": "on",
        "consent_version": factories.consent().version,
    }
    trap = {"website": "filled in by some program"}
    client.post("/feedback/new/", {**entries, **contact, **trap})
    return Suggestion.objects.get()


def test_a_suspicious_mention_of_harm_is_read_first_without_a_letter(suspicious):
    assert suspicious.email
    assert suspicious.status == Suggestion.Status.QUARANTINE
    assert list(Suggestion.objects.in_desk_state("urgent")) == [suspicious]
    assert not Mail.objects.exists()


def test_a_suspicious_mention_of_harm_is_confirmed_once_staff_release_it(suspicious):
    suspicious.release(factories.staff())
    assert suspicious.is_restricted
    assert Mail.objects.get().event.kind == Event.Kind.RECEIVED


def test_the_receipt_after_a_mention_of_harm_shows_help_lines(client, entries):
    client.post("/feedback/new/", entries)
    assert "телефон доверия" in client.get("/feedback/receipt/").content.decode()


def test_an_everyday_suggestion_is_not_restricted(client, entries):
    client.post("/feedback/new/", {**entries, "text": "Поставьте лавочки во дворе."})
    assert not Suggestion.objects.get().is_restricted


# Author actions -----------------------------------------------------------------------------------

CRY = "Меня травят в группе."


@pytest.fixture(params=["reply", "reopen"])
def step(request):
    return request.param


@pytest.fixture
def suggestion(client, step):
    """A suggestion that allows the action; `client` has its author's session."""
    state = {"status": "answered", "answer": "Стоят."} if step == "reopen" else {}
    suggestion = factories.suggestion(**state)
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies.update(response.cookies)
    return suggestion


def take(client, suggestion, step, text=CRY, **entries):
    form = {"key": str(uuid4()), "number": suggestion.number, "text": text, **entries}
    return client.post(f"/feedback/mine/{step}/", form)


@pytest.mark.django_db
def test_a_step_that_mentions_harm_restricts_the_suggestion(client, suggestion, step):
    assert take(client, suggestion, step).status_code == 303
    suggestion.refresh_from_db()
    assert suggestion.is_restricted
    assert suggestion.events.filter(kind="restricted").count() == 1


@pytest.mark.django_db
def test_the_authors_page_shows_help_lines_after_such_a_step(client, suggestion, step):
    take(client, suggestion, step)
    assert "телефон доверия" in client.get("/feedback/mine/").content.decode()


@pytest.mark.django_db
def test_an_invalid_step_that_mentions_harm_shows_help_lines(client, suggestion, step):
    page = take(client, suggestion, step, number="2020-1").content.decode()
    assert "Проверьте форму" in page
    assert "телефон доверия" in page


@pytest.mark.django_db
def test_an_everyday_step_does_not_restrict_the_suggestion(client, suggestion, step):
    take(client, suggestion, step, text="Лавочек всё ещё нет.")
    suggestion.refresh_from_db()
    assert not suggestion.is_restricted
    assert "телефон доверия" not in client.get("/feedback/mine/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["reply"], indirect=True)
def test_a_reply_that_mentions_harm_sends_no_letter_from_quarantine(client, suggestion, step):
    contact = {"email": "stranger@example.ru", "consented_at": timezone.now()}
    quarantined = {"status": Suggestion.Status.QUARANTINE, "consent": factories.consent()}
    Suggestion.objects.update(**quarantined, **contact)
    take(client, suggestion, step)
    assert list(Suggestion.objects.in_desk_state("quarantine").in_desk_state("urgent")) == [
        suggestion
    ]
    assert not Mail.objects.exists()
