"""What a post lacks before it is published, told to its author."""

import time

import pytest
from django.http import QueryDict

from news.editing.checklist import list_tasks, read_entries, read_post, summarise
from news.models import Photo
from tests import factories
from tests.news.test_autosaves import send
from tests.news.test_post_admin import ADD, change, entries

GAPLESS = {"alt": "Студент у станка", "consent": "public", "credit": "Анна Петрова"}


def draft(**fields):
    complete = {
        "kind": "report",
        "title": "Круглый стол",
        "lead": "Говорили о практике.",
        "body": "<p>Начали в десять.</p>",
        "topic": "1",
        "event_date": "2026-03-02",
    }
    sent = QueryDict(mutable=True)
    sent.update({**complete, **fields})
    return read_entries(sent)


def photos(count=1, **fields):
    return [Photo(pk=number, **{**GAPLESS, **fields}) for number in range(1, count + 1)]


def tasks(found=None, **fields):
    """The words of the tasks, with plain spaces."""
    listed = list_tasks(draft(**fields), photos() if found is None else found)
    return [task.words.replace("\u00a0", " ") for task in listed]


def test_a_complete_post_has_no_tasks():
    assert tasks() == []
    assert summarise([]) == "Всё на\u00a0месте"


@pytest.mark.parametrize(
    ("fields", "words", "target"),
    [
        ({"title": " "}, "Напишите заголовок", "id_title"),
        (
            {"title": "…"},
            "Напишите латиницей адрес: из заголовка он не получается",
            "id_slug",
        ),
        (
            {"kind": "announcement", "event_date": ""},
            "Укажите дату события: без неё анонс не выйдет",
            "id_event_date",
        ),
    ],
)
def test_what_the_server_refuses_is_required(fields, words, target):
    (task,) = list_tasks(draft(**fields), photos())
    assert (task.words.replace("\u00a0", " "), task.target) == (words, target)
    assert task.is_required


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"lead": ""}, "Добавьте лид: одно-два предложения для списка новостей"),
        ({"body": "<p> </p>"}, "Напишите текст"),
        ({"topic": ""}, "Выберите тему"),
        ({"event_date": ""}, "Укажите, когда было событие"),
        (
            {"documents-0-title": "Polozhenie_2026.docx"},
            "Назовите документ словами: «Polozhenie_2026.docx» — имя файла",
        ),
    ],
)
def test_other_gaps_are_advice(fields, words):
    (task,) = list_tasks(draft(**fields), photos())
    assert task.words == words
    assert not task.is_required


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "notice", "event_date": ""},
        {"title": "…", "slug": "kruglyy-stol"},
        {"body": '<figure data-photo="1"></figure>'},
        {"documents-0-title": "Положение о конкурсе"},
    ],
)
def test_what_a_post_may_lack_is_no_task(fields):
    assert tasks(**fields) == []


def test_a_post_without_photographs_is_told_what_its_cover_shows():
    assert tasks([]) == ["Добавьте фотографии: без них на обложке только дата"]


@pytest.mark.parametrize(
    ("count", "alt", "consent", "credit"),
    [
        (1, "1 фотографию", "1 фотография", "1 фотографии"),
        (2, "2 фотографии", "2 фотографии", "2 фотографий"),
        (5, "5 фотографий", "5 фотографий", "5 фотографий"),
        (21, "21 фотографию", "21 фотография", "21 фотографии"),
    ],
)
def test_gaps_of_photographs_are_counted_in_russian(count, alt, consent, credit):
    assert tasks(photos(count, alt="", consent="", credit="")) == [
        f"Опишите для незрячих {alt}",
        f"Отметьте, можно ли показывать людей: {consent}",
        f"Укажите автора {credit}",
    ]


def test_a_task_of_photographs_leads_to_the_first_with_the_gap():
    listed = [*photos(2), Photo(pk=7, **{**GAPLESS, "alt": ""})]
    assert [task.target for task in list_tasks(draft(), listed)] == ["photo-7-alt"]


def test_a_decorative_photograph_needs_no_description():
    assert tasks(photos(alt="", is_decorative=True)) == []


@pytest.mark.parametrize(
    ("link", "is_told"),
    [
        ("<a href='/x'>здесь</a>", True),
        ("<a href='/x'><strong>Подробнее…</strong></a>", True),
        ("<a href='/x'>положение о конкурсе</a>", False),
        ("здесь", False),
    ],
)
def test_a_link_that_says_nothing_is_told(link, is_told):
    told = tasks(body=f"<p>Смотрите {link}.</p>")
    words = "Назовите словами 1 ссылку: «здесь» и «тут» ничего не говорят"
    assert told == ([words] if is_told else [])


@pytest.mark.parametrize("piece", ["<a ", "<a>", "<a><b>x", "> ", "<p> ", "&"])
def test_hostile_markup_is_read_at_once(piece):
    started = time.process_time()
    tasks(body=piece * (200_000 // len(piece)))
    assert time.process_time() - started < 0.5


def test_the_required_tasks_come_first_and_are_counted_apart():
    listed = list_tasks(draft(title="", lead="", topic=""), photos())
    assert [task.is_required for task in listed] == [True, False, False]
    assert summarise(listed).replace("\u00a0", " ") == "Осталось: 1 обязательное, 2 совета"


# In the admin -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_stored_post_is_read_like_its_form():
    document = factories.document()
    stored = read_post(document.post)
    assert stored.fields["title"] == document.post.title
    assert stored.documents == {"id_documents-0-title": document.title}


@pytest.mark.django_db
def test_the_form_shows_the_checklist_of_the_stored_post(staff_client):
    page = staff_client.get(change(factories.draft(lead=""))).content.decode()
    assert '<a href="#id_lead">Добавьте лид' in page
    assert "Осталось:" in page


@pytest.mark.django_db
def test_an_invalid_form_shows_the_checklist_of_what_was_sent(staff_client):
    page = staff_client.post(ADD, entries(title="", lead="Есть.")).content.decode()
    assert "Напишите заголовок" in page
    assert "Добавьте лид" not in page


@pytest.mark.django_db
def test_who_may_only_view_a_post_gets_no_checklist(sign_in):
    page = sign_in("view_post").get(change(factories.draft(lead=""))).content.decode()
    assert "Перед публикацией" not in page


@pytest.mark.django_db
def test_an_autosave_is_answered_with_its_checklist():
    checklist = send(factories.staff(), entries=[["title", "Круглый стол"]]).json()["checklist"]
    assert "Добавьте лид" in checklist
    assert "Напишите заголовок" not in checklist


@pytest.mark.django_db
def test_the_checklist_counts_photographs_that_are_not_saved_yet():
    slot = factories.autosave()
    photo = factories.photo(autosave=slot)
    answer = send(slot.user, key=slot.pk)
    assert f'href="#photo-{photo.pk}-alt"' in answer.json()["checklist"]
