"""The form of a post: its publish panel, its checklist, all of it without a mouse."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Photo, Post
from tests import factories
from tests.browser.test_post_admin import files, log_in

ADD = "/admin/news/post/add/"
COVERED = """field => {
  scrollTo(0, 0);
  field.focus();
  const panel = document.querySelector(".publish").getBoundingClientRect();
  const box = field.getBoundingClientRect();
  return box.bottom > panel.top + 1 && box.top < panel.bottom - 1 && box.height < panel.top;
}"""


def panel(page):
    return page.get_by_role("region", name="Состояние и публикация")


def task(page, name):
    return page.get_by_role("region", name="Перед публикацией").get_by_role("link", name=name)


def press_until(page, key, locator, limit=150):
    """Press a key until the element has the focus."""
    for _ in range(limit):
        page.keyboard.press(key)
        if locator.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{key} does not lead to {locator}")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1366, 620)])
def test_the_panel_is_always_in_sight_and_covers_no_focused_field(open_browser, width, height):
    page = open_browser(width=width)
    page.set_viewport_size({"width": width, "height": height})
    log_in(page, factories.staff())
    page.goto(ADD)
    expect(page.locator(".prose-menubar")).to_be_visible()
    box = panel(page).bounding_box()
    assert box["y"] + box["height"] == pytest.approx(height, abs=1)
    assert box["height"] <= height / 4
    fields = page.locator(".post-form .form-row :is(input, textarea, select):visible").all()
    assert len(fields) > 5
    assert [field.get_attribute("name") for field in fields if field.evaluate(COVERED)] == []
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert panel(page).bounding_box()["y"] == pytest.approx(box["y"], abs=1)


def test_one_button_shows_the_rest_of_the_panel_on_a_telephone(open_browser):
    page = open_browser(width=360)
    log_in(page, factories.staff())
    page.goto(ADD)
    more = panel(page).get_by_role("button", name="Ещё")
    expect(panel(page).get_by_label("Дата выхода")).to_be_hidden()
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(panel(page).get_by_label("Дата выхода")).to_be_visible()
    expect(panel(page).get_by_role("button", name="Сохранить и продолжить")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page).get_by_label("Дата выхода")).to_be_hidden()
    expect(more).to_be_focused()


def test_a_long_title_lies_under_no_button(open_browser):
    page = open_browser(width=1440)
    post = factories.draft(title="Студенты техникума выступили на региональном этапе " * 4)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    title = page.get_by_label("Заголовок:").bounding_box()
    for tool in page.locator(".object-tools li").all():
        box = tool.bounding_box()
        assert box["y"] + box["height"] <= title["y"]


def test_no_field_tells_how_far_the_clock_is_from_the_site(open_browser):
    page = open_browser(zone="Asia/Kamchatka")
    log_in(page, factories.staff())
    page.goto(ADD)
    expect(page.locator(".timezonewarning")).to_have_count(0)
    expect(page.get_by_text("Время местное: Саратов")).to_have_count(1)


def test_a_date_that_is_only_begun_is_not_sent_empty(page):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    post = factories.post(published_at=tomorrow)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    date = page.get_by_label("Дата выхода")
    date.focus()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Сохранить", exact=False).first.click()
    expect(date).to_be_focused()
    assert Post.objects.get().published_at == post.published_at


def test_each_task_leads_into_its_field_and_goes_when_it_is_done(page):
    log_in(page, factories.staff())
    page.goto(ADD)
    task(page, "Напишите текст").click()
    expect(page.get_by_role("textbox", name="Текст", exact=True)).to_be_focused()
    task(page, "Выберите тему").click()
    expect(page.get_by_role("combobox", name="Тема")).to_be_focused()
    task(page, "Добавьте фотографии").click()
    expect(page.locator(".photos__input")).to_be_focused()
    page.locator(".photos__input").set_input_files(files("IMG_1.jpg"))
    task(page, "Опишите для незрячих 1 фотографию").click()
    page.keyboard.insert_text("Студент у станка")
    page.keyboard.press("Tab")
    expect(task(page, "Опишите для незрячих")).to_have_count(0)
    task(page, "Напишите заголовок").click()
    page.keyboard.insert_text("Практика на заводе")
    expect(task(page, "Напишите заголовок")).to_have_count(0)
    expect(panel(page).get_by_role("link", name="Осталось: 6 советов")).to_be_visible()


def test_a_post_is_written_ordered_and_published_by_keyboard_alone(page):
    page.on("filechooser", lambda chooser: None)  # intercepted from now on, not only when it opens
    log_in(page, factories.staff())
    page.goto(ADD)
    page.keyboard.insert_text("Практика на заводе")  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Третий курс вернулся из цеха.")
    area = page.get_by_role("textbox", name="Текст", exact=True)
    press_until(page, "Tab", area)
    page.keyboard.insert_text("Месяц у станков.")
    press_until(page, "Tab", page.locator(".photos__input"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(files("IMG_1.jpg", "IMG_2.jpg"))
    rows = page.locator(".photos .photo")
    expect(rows).to_have_count(2)
    first = rows.first.get_attribute("data-photo")
    press_until(page, "Tab", rows.first.get_by_role("button", name="Ниже"))
    page.keyboard.press("Enter")
    expect(rows.last).to_have_attribute("data-photo", first)
    press_until(page, "Shift+Tab", rows.last.get_by_label("Подпись"))
    page.keyboard.insert_text("Цех")
    press_until(page, "Tab", rows.last.get_by_role("button", name="Вставить в текст"))
    page.keyboard.press("Enter")
    expect(area.locator(".placed-photo")).to_have_count(1)
    press_until(page, "Tab", page.get_by_label("Вид:"))
    page.keyboard.press("ArrowDown")
    press_until(page, "Tab", page.get_by_label("Дата события:"))
    page.keyboard.type("11112026")  # the same whether the day or the month comes first
    press_until(page, "Tab", panel(page).get_by_role("button", name="Опубликовать сейчас"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/news/post/")
    post = Post.objects.get()
    assert (post.title, post.kind, post.is_published) == (
        "Практика на заводе",
        "announcement",
        True,
    )
    assert post.event_date == datetime.date(2026, 11, 11)
    assert f'data-photo="{first}"' in post.body
    assert [str(photo.pk) for photo in Photo.objects.all()][-1] == first
    assert Photo.objects.get(pk=first).caption == "Цех"


def test_partners_are_ordered_by_keyboard(page):
    post = factories.draft()
    partners = [factories.partner(name=name) for name in ("Завод", "Лицей")]
    for order, partner in enumerate(partners, start=1):
        post.participations.create(partner=partner, order=order)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    page.get_by_role("button", name="Ниже: Завод").press("Enter")
    page.get_by_role("button", name="Сохранить черновик").click()
    page.wait_for_url("**/admin/news/post/")
    assert [row.partner.name for row in post.participations.order_by("order")] == [
        "Лицей",
        "Завод",
    ]
