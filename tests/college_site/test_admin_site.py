"""The admin site: structure and language."""

import pytest
from django.utils.html import strip_tags

from college_site.admin_site import site
from news.models import Topic
from tests import factories
from tests.feedback.suggestion_admin import enter
from tests.markup import flat

pytestmark = pytest.mark.django_db


def test_apps_and_models_are_listed_in_order_of_use(staff_client):
    apps = staff_client.get("/admin/").context["app_list"]
    assert [[model["name"] for model in app["models"]] for app in apps] == [
        ["Публикации", "Темы", "Партнёры", "Словарь колледжа"],
        [
            "Предложения",
            "Публичные ответы",
            "Заготовки ответов",
            "Темы предложений",
            "Согласия на обработку данных",
            "Письма",
            "Письма сотрудникам",
            "Счётчики",
        ],
        ["Сведения о колледже"],
        ["Пользователи", "Роли"],
    ]


def test_a_list_has_the_plural_model_name_as_heading(staff_client, read_page):
    page = read_page(staff_client.get("/admin/news/topic/")).root
    assert "Темы" in [heading.text() for heading in page.all("h1")]


@pytest.mark.parametrize(
    ("topics", "query", "words"),
    [(0, "", "Пока пусто."), (5, "", "Всего: 5"), (1, "?q=спорт", "Ничего не нашлось.")],
)
def test_a_list_tells_how_many_rows_there_are_in_any_number(staff_client, topics, query, words):
    for _ in range(topics):
        factories.topic()
    assert words in flat(staff_client.get(f"/admin/news/topic/{query}").content.decode())


def test_an_empty_list_offers_neither_actions_nor_a_way_back(staff_client):
    page = staff_client.get("/admin/news/post/").content.decode()
    assert "Найдено" not in page
    assert 'name="action"' not in page
    factories.post()
    assert 'name="action"' in staff_client.get("/admin/news/post/").content.decode()
    assert "Найдено: 0" in flat(staff_client.get("/admin/news/post/?q=спорт").content.decode())


def read_messages(response):
    """The messages at the top of the page, without their links."""
    return [strip_tags(str(message)) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("button", "message"),
    [
        ("_save", "Сохранено: тема «Практика»."),
        ("_continue", "Сохранено: тема «Практика». Можно править дальше."),
        ("_addanother", "Сохранено: тема «Практика». Можно добавить ещё."),
    ],
)
def test_the_message_after_saving_names_the_object(staff_client, button, message):
    topic = factories.topic()
    sent = {"title": "Практика", "slug": topic.slug, "description": "", button: "1"}
    response = staff_client.post(f"/admin/news/topic/{topic.pk}/change/", sent, follow=True)
    assert read_messages(response) == [message]


def test_the_message_after_deleting_names_the_object(staff_client):
    topic = factories.topic(title="Практика")
    address = f"/admin/news/topic/{topic.pk}/delete/"
    assert "Удалить запись (тема «Практика»)?" in staff_client.get(address).content.decode()
    response = staff_client.post(address, {"post": "yes"}, follow=True)
    assert read_messages(response) == ["Удалено: тема «Практика»."]


def test_the_message_after_bulk_deletion_counts_the_objects(staff_client):
    chosen = [factories.topic().pk for _ in range(5)]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    response = staff_client.post("/admin/news/topic/", sent, follow=True)
    assert read_messages(response) == ["Удалено (темы): 5."]
    assert not Topic.objects.exists()


def test_unknown_entries_are_listed_last_in_their_own_order():
    entries = [{"app_label": name} for name in ("sites", "news", "backup")]
    in_order = site.in_order(entries, "app_label", ["auth", "news"])
    assert [entry["app_label"] for entry in in_order] == ["news", "sites", "backup"]


ROWS = {
    "post": factories.post,
    "topic": factories.topic,
    "partner": factories.partner,
    "suggestion": factories.suggestion,
    "publication": factories.publication,
    "suggestiontopic": factories.suggestion_topic,
    "consent": factories.consent,
    "college": factories.college,
}


@pytest.mark.parametrize("name", ROWS)
def test_view_only_staff_can_open_every_row(client, name):
    row = ROWS[name]()
    enter(client, f"view_{name}", "view_queue")
    address = f"/admin/{row._meta.app_label}/{name}/{row.pk}/change/"
    assert client.get(address).status_code == 200
