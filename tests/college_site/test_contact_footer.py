"""The contacts are the same on every page and up to date."""

import pytest
from django.urls import URLResolver

from college_site.models import College
from tests import factories
from tests.public_pages import get_rendered

pytestmark = pytest.mark.django_db

# Independent of the template.
FOOTER = (
    "Учебный техникум имени теста "
    "Адрес 410000 , Саратовская обл. , г. Саратов , ул. Учебная, д. 1 Показать на карте "
    "Связь Телефон (приёмная): 8 (8452) 11-22-33 Факс: 8 (8452) 11-22-34 "
    "Почта: school@example.ru Часы работы Пн–пт 8:00–17:00 Сб 8:00–13:00 "
    "Разделы Новости События Темы Партнёры Решаем вместе Ответы на предложения Поиск "
    "Ссылки Учредитель Политика обработки персональных данных"
)


def footer(root):
    footers = [element for element in root.all("footer") if element.get("id") == "contacts"]
    assert len(footers) == 1
    return footers[0]


def test_the_links_of_all_pages_are_reversed_once_in_a_process(client, monkeypatch):
    client.get("/feedback/")
    reverse_url, names = URLResolver._reverse_with_prefix, []

    def note_reverse(resolver, name, *args, **kwargs):
        names.append(name)
        return reverse_url(resolver, name, *args, **kwargs)

    monkeypatch.setattr(URLResolver, "_reverse_with_prefix", note_reverse)
    client.get("/feedback/")
    assert names
    assert not {"partner_list", "event_list", "search", "web_manifest", "home"} & set(names)


def test_every_page_has_the_same_footer(markup):
    assert footer(markup.root).text() == FOOTER


@pytest.fixture(scope="session")
def pages_after_a_change(render_pages):
    """{name: response} of each public page, requested again after a change of the row."""

    def render(client, fetch):
        fetch()
        College.objects.update(phone="8 (8452) 99-88-77", street_address="ул. Новая, д. 2")
        return fetch()

    return render_pages(render)


def test_every_page_shows_changed_contacts_immediately(pages_after_a_change, page_name, read_page):
    response = get_rendered(pages_after_a_change, page_name)
    text = footer(read_page(response).root).text()
    assert "8 (8452) 99-88-77" in text
    assert "ул. Новая, д. 2" in text
    assert "11-22-33" not in text


def test_the_footer_is_the_last_element_of_a_page(markup):
    body = next(markup.root.all("body"))
    elements = [child.name for child in body.children if not isinstance(child, str)]
    assert [name for name in elements if name != "script"][-1] == "footer"


@pytest.fixture
def open_footer(client, read_page):
    """A function that opens the home page; returns its footer."""
    return lambda: footer(read_page(client.get("/")).root)


def test_address_abbreviations_have_non_breaking_spaces(client):
    factories.college()
    page = client.get("/").content.decode()
    assert "г.\u00a0Саратов<" in page
    assert "ул.\u00a0Учебная, д.\u00a01<" in page


def test_address_phone_and_email_are_linked(open_footer):
    college = factories.college()
    links = [link["href"] for link in open_footer().all("a") if not link["href"].startswith("/")]
    assert links == [college.map_url, "tel:+78452112233", "mailto:school@example.ru"]


def test_every_section_of_the_site_is_linked(open_footer):
    links = [link["href"] for link in open_footer().all("a") if link["href"].startswith("/")]
    assert links == [
        "/news/",
        "/events/",
        "/topics/",
        "/partners/",
        "/feedback/",
        "/feedback/answers/",
        "/search/",
    ]


def test_a_shared_phone_and_fax_number_is_shown_once(open_footer):
    factories.college(phone="8 (8453) 44-36-22", fax="8 (8453) 44-36-22", phone_note="приёмная")
    text = open_footer().text()
    assert "Телефон/факс (приёмная): 8 (8453) 44-36-22" in text
    assert text.count("44-36-22") == 1


def test_empty_contacts_are_left_out(open_footer):
    factories.college(
        phone="", fax="", email="", street_address="", city="", region="", postal_code=""
    )
    assert [heading.text() for heading in open_footer().all("h2")] == ["Разделы"]


def test_the_footer_links_the_privacy_policy(open_footer):
    factories.college(privacy_policy_url="https://college.example.ru/policy/")
    links = {link["href"]: link.text() for link in open_footer().all("a")}
    assert links["https://college.example.ru/policy/"] == "Политика обработки персональных данных"


def test_the_contacts_have_microdata(open_footer):
    factories.college(fax="8 (8452) 11-22-33")
    properties = {e["itemprop"]: e for e in open_footer().all() if e.get("itemprop")}
    assert properties["name"].text() == "Учебный техникум имени теста"
    assert properties["telephone"].text() == "8 (8452) 11-22-33"
    assert properties["faxNumber"]["content"] == "8 (8452) 11-22-33"
    assert properties["postalCode"].text() == "410000"


def test_contacts_are_escaped(open_footer):
    factories.college(phone_note="<script>alert(1)</script>")
    assert not list(open_footer().all("script"))
    assert "<script>alert(1)</script>" in open_footer().text()
