"""The guide for staff: its pages, its pictures and what «?» leads to."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html as parser

from college_site.guide.chapters import list_chapters
from tests import factories
from tests.guide.camera import FOLDER, MOST_BYTES, MOST_OF_ALL, ROOT

pytestmark = pytest.mark.django_db
TEMPLATES = ROOT / "templates" / "admin" / "guide"
SLUGS = [chapter.slug for chapter in list_chapters()]


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return parser.fromstring(response.content.decode())


def newcomer():
    """A client of staff without any permission."""
    client = Client()
    client.force_login(
        User.objects.create_user("newcomer", is_staff=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.mark.parametrize("slug", SLUGS)
def test_staff_without_permissions_read_each_chapter(slug):
    page = read(newcomer(), f"/admin/guide/{slug}/")
    assert page.xpath("//article//h2")
    assert page.xpath("//nav[@aria-label='Содержание справки']//a[@aria-current='page']")


def test_the_contents_lead_to_every_section_of_every_chapter():
    client = newcomer()
    links = read(client, "/admin/guide/").xpath("//*[@id='content-main']//li//a/@href")
    wrong = [link for link in links if not leads_somewhere(client, link)]
    assert len(links) > len(SLUGS)
    assert wrong == []


def leads_somewhere(client, link):
    address, _, anchor = link.partition("#")
    page = read(client, address)
    return not anchor or bool(page.xpath("//*[@id=$anchor]", anchor=anchor))


@pytest.mark.parametrize("slug", SLUGS)
def test_links_within_a_chapter_lead_to_pages_and_places(slug):
    client = newcomer()
    links = read(client, f"/admin/guide/{slug}/").xpath("//article//a/@href | //nav//li//a/@href")
    links = [link if link[0] != "#" else f"/admin/guide/{slug}/{link}" for link in links]
    guide = [link for link in links if link.startswith("/admin/guide/")]
    assert [link for link in guide if not leads_somewhere(client, link)] == []


def test_an_unknown_chapter_is_not_found(staff_client):
    assert staff_client.get("/admin/guide/none/").status_code == 404


def test_visitors_are_asked_to_log_in(client):
    response = client.get("/admin/guide/text/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


# «?» ----------------------------------------------------------------------------------------------


def pages_with_help():
    """The addresses of pages with panels that bear «?»."""
    factories.returned(author=User.objects.get())
    factories.announcement(days_ahead=-7)
    draft, published = factories.draft(), factories.post()
    suggestion = factories.suggestion()
    return [
        "/admin/",
        "/admin/status/",
        "/admin/news/post/",
        "/admin/news/post/import/",
        "/admin/news/post/events/",
        "/admin/news/post/add/",
        f"/admin/news/post/{draft.pk}/change/",
        f"/admin/news/post/{published.pk}/change/",
        "/admin/feedback/suggestion/",
        f"/admin/feedback/suggestion/{suggestion.pk}/change/",
        f"/admin/feedback/publication/{factories.publication().pk}/change/",
        "/admin/news/post/photos/",
        "/admin/news/post/bin/",
        f"/admin/news/post/{published.pk}/history/",
        "/admin/second-factor/",
    ]


NAMES = {
    "Текст",
    "Фотографии",
    "Публикация",
    "Для VK, MAX, Telegram",
    "Ссылка для согласования",
    "Документы",
    "Событие",
    "Видео",
    "Организации-участники",
    "Публикация из Word",
    "Сразу несколько публикаций",
    "Возвращено мне",
    "Событие прошло, репортажа нет",
    "Перед публикацией",
    "Проверка текста",
    "Предложения",
    "Ответ на предложение",
    "Таблица за период",
    "Состояние сайта",
    "Публичный ответ",
    "Прежние фотографии",
    "Корзина",
    "История публикации",
    "Вход в два шага",
}


def test_each_panel_has_a_link_to_its_place_in_the_guide(staff_client):
    links = [
        link
        for address in pages_with_help()
        for link in read(staff_client, address).xpath("//a[contains(@class, 'help-link')]")
    ]
    names = {link.get("aria-label").removeprefix("Справка: ") for link in links}
    addresses = {link.get("href") for link in links}
    assert NAMES - names == set()
    assert [link for link in addresses if "#" not in link] == []
    assert [link for link in addresses if not leads_somewhere(staff_client, link)] == []


def test_a_link_to_the_guide_leaves_the_form_open(staff_client):
    page = read(staff_client, "/admin/news/post/add/")
    links = page.xpath("//a[contains(@class, 'help-link')]")
    assert links
    assert {(link.get("target"), link.get("rel")) for link in links} == {("_blank", "noopener")}


def test_every_page_of_the_admin_leads_to_the_guide(staff_client):
    page = read(staff_client, "/admin/news/topic/")
    assert page.xpath("//*[@id='user-tools']//a/@href")[0] == "/admin/guide/"


# Pictures -----------------------------------------------------------------------------------------


def named_pictures():
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    return set(re.findall(r'guide_picture "([\w-]+)"', text))


def test_every_named_picture_exists_and_every_picture_is_named():
    assert {path.stem for path in FOLDER.iterdir()} == named_pictures()


def test_the_script_takes_exactly_the_named_pictures():
    scenes = (ROOT / "tests" / "guide" / "scenes.py").read_text(encoding="utf-8")
    assert set(re.findall(r'shoot\(\s*"([\w-]+)"', scenes)) == named_pictures()


def test_the_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) <= MOST_OF_ALL


@pytest.mark.parametrize("slug", SLUGS)
def test_each_picture_is_described_and_has_a_caption(slug):
    page = read(newcomer(), f"/admin/guide/{slug}/")
    figures = page.xpath("//article//figure")
    assert len(figures) == len(page.xpath("//article//img"))
    for figure in figures:
        image = figure.find("img")
        assert len(image.get("alt")) > 20
        assert figure.find("figcaption").text_content().strip() not in ("", image.get("alt"))
        assert 0 not in (int(image.get("width")), int(image.get("height")))
