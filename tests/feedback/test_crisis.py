"""Words that show help lines and lead into the closed queue, and words that do not."""

from uuid import uuid4

import pytest

from feedback.crisis import tells_of_harm
from feedback.models import Suggestion
from tests import factories


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
    ],
)
def test_a_cry_for_help_is_heard(text):
    assert tells_of_harm(text)


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
        "",
    ],
)
def test_everyday_words_are_not(text):
    assert not tells_of_harm(text)


@pytest.fixture
def entries(db):
    return {
        "step": "send",
        "submission_key": str(uuid4()),
        "topic": factories.suggestion_topic().pk,
        "role": "student",
        "text": "Меня травят в группе.",
    }


def test_who_tells_of_harm_is_read_in_the_closed_queue(client, entries):
    client.post("/feedback/new/", entries)
    assert Suggestion.objects.get().is_restricted


def test_a_cry_for_help_never_waits_in_quarantine(client, entries):
    client.post("/feedback/new/", {**entries, "website": "filled in by some program"})
    assert Suggestion.objects.get().status == Suggestion.Status.RECEIVED


def test_the_receipt_of_a_cry_for_help_repeats_the_help_lines(client, entries):
    client.post("/feedback/new/", entries)
    assert "телефон доверия" in client.get("/feedback/receipt/").content.decode()


def test_a_suggestion_stays_in_the_common_queue(client, entries):
    client.post("/feedback/new/", {**entries, "text": "Поставьте лавочки во дворе."})
    assert not Suggestion.objects.get().is_restricted
