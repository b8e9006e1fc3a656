"""A teacher brings the photographs of an event."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from news.models import Photo, Post
from tests import factories
from tests.browser.test_post_admin import log_in

MOST = 30 * 1024 * 1024


def jpeg(number):
    buffer = io.BytesIO()
    Image.effect_noise((320 + number, 320), 60).convert("RGB").save(buffer, "JPEG", quality=40)
    return buffer.getvalue()


def files(*numbers):
    return [
        {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(number)}
        for number in numbers
    ]


@pytest.fixture
def form(open_browser):
    page = open_browser()
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Круглый стол")
    return page


def choose(page, chosen):
    page.locator(".photos__input").set_input_files(chosen)


def rows(page):
    return page.locator(".photos .photo")


def save(page):
    page.get_by_role("button", name="Сохранить черновик").click()
    page.wait_for_url("**/admin/news/post/")


def widths():
    return [photo.width for photo in Post.objects.get().photos.all()]


def test_photos_chosen_at_once_keep_their_order_and_one_is_the_cover(form):
    choose(form, files(5, 3, 4, 1))
    expect(rows(form)).to_have_count(4)
    expect(form.locator(".photo__cover:visible")).to_have_count(1)
    save(form)
    assert widths() == [325, 323, 324, 321]


def test_a_form_that_is_sent_early_waits_for_its_photos(form):
    choose(form, files(1, 2, 3))
    save(form)
    assert widths() == [321, 322, 323]


def test_what_is_given_for_all_photos_reaches_those_stored_later(form):
    choose(form, files(1))
    expect(rows(form)).to_have_count(1)
    form.get_by_label("Автор всех снимков").fill("Пресс-служба")
    form.get_by_label("Люди на всех снимках").select_option("public")
    choose(form, files(2))
    row = rows(form).nth(1)
    expect(row.get_by_label("Автор снимка")).to_have_value("Пресс-служба")
    expect(row.get_by_text("Сохранено.")).to_be_visible()
    save(form)
    credits = [(photo.credit, photo.consent) for photo in Photo.objects.all()]
    assert credits == [("Пресс-служба", "public")] * 2


def test_details_are_saved_while_the_post_is_not(form):
    choose(form, files(1, 2))
    expect(rows(form)).to_have_count(2)
    row = rows(form).first
    row.get_by_label("Подпись").fill("У станка")
    row.get_by_label("Что на снимке").fill("Студент у токарного станка")
    row.get_by_label("Подпись").focus()
    expect(row.get_by_text("Сохранено.")).to_be_visible()
    form.get_by_label("Автор всех снимков").fill("Пресс-служба")
    form.get_by_label("Автор всех снимков").press("Enter")
    expect(rows(form).nth(1).get_by_text("Сохранено.")).to_be_visible()
    first, second = Photo.objects.all()
    assert (first.caption, first.alt) == ("У станка", "Студент у токарного станка")
    assert first.credit == second.credit == "Пресс-служба"
    assert not Post.objects.exists()


def test_a_bad_file_is_named_and_the_others_are_stored(form):
    bad = {"name": "план.jpg", "mimeType": "image/jpeg", "buffer": b"text"}
    choose(form, [*files(1), bad, *files(2)])
    expect(form.get_by_text("план.jpg: Это не фотография")).to_be_visible()
    expect(rows(form)).to_have_count(2)
    form.get_by_role("button", name="Убрать из списка").click()
    save(form)
    assert widths() == [321, 322]


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(form):
    sent = []
    form.on("request", lambda request: sent.append(request.url) if "photos" in request.url else 0)
    huge = "() => new File([new Uint8Array(31 * 1024 * 1024)], 'Панорама.jpg')"
    form.locator(".photos").evaluate(
        f"""panel => {{
          const files = new DataTransfer();
          files.items.add(({huge})());
          panel.dispatchEvent(new DragEvent("drop", {{dataTransfer: files, bubbles: true}}));
        }}"""
    )
    words = "Панорама.jpg: занимает 31,0 МБ, а принимаются до 30,0 МБ"
    expect(form.get_by_text(words)).to_be_visible()
    assert sent == []


def test_uploads_go_on_by_themselves_when_the_network_returns(form):
    choose(form, files(1))
    expect(rows(form)).to_have_count(1)
    form.context.set_offline(True)
    choose(form, files(2, 3))
    expect(form.get_by_text("нет связи").first).to_be_visible()
    form.context.set_offline(False)
    expect(rows(form)).to_have_count(3)
    assert Photo.objects.count() == 3


def test_an_upload_waits_for_a_login_in_another_tab(form, live_server):
    cookies = form.context.cookies()
    form.context.clear_cookies()
    choose(form, files(1))
    expect(form.get_by_text("Вход закончился").first).to_be_visible()
    form.context.add_cookies(cookies)
    expect(rows(form)).to_have_count(1)


def test_photos_are_ordered_rotated_and_deleted_by_keyboard_alone(form):
    choose(form, files(1, 2, 3))
    expect(rows(form)).to_have_count(3)
    rows(form).first.get_by_role("button", name="Ниже").press("Enter")
    rows(form).first.get_by_role("button", name="Повернуть").press("Enter")
    expect(rows(form).first.locator("img")).to_be_visible()
    rows(form).nth(2).get_by_role("button", name="Удалить").press("Enter")
    expect(rows(form)).to_have_count(2)
    save(form)
    sizes = [(photo.width, photo.height) for photo in Post.objects.get().photos.all()]
    assert sizes == [(320, 322), (321, 320)]


def test_another_photo_becomes_the_cover_by_one_click(form):
    choose(form, files(1, 2))
    expect(rows(form)).to_have_count(2)
    rows(form).nth(1).get_by_role("button", name="Сделать обложкой").click()
    expect(rows(form).nth(1).locator(".photo__cover")).to_be_visible()
    save(form)
    assert Post.objects.get().cover.width == 322


def test_photos_are_dragged_into_another_order(form):
    choose(form, files(1, 2, 3))
    expect(rows(form)).to_have_count(3)
    form.set_viewport_size({"width": 1280, "height": 2600})
    rows(form).nth(2).locator("img").drag_to(rows(form).first)
    expect(rows(form).first).to_have_attribute("data-order", "1")
    save(form)
    assert widths() == [323, 321, 322]


def test_photos_are_placed_in_the_text_before_anything_is_saved(form):
    choose(form, files(1, 2))
    expect(rows(form)).to_have_count(2)
    form.get_by_role("textbox", name="Текст", exact=True).press_sequentially("Начали в девять.")
    form.get_by_role("button", name="Вставить в текст все остальные").click()
    save(form)
    post = Post.objects.get()
    numbers = [f'<figure data-photo="{photo.pk}"></figure>' for photo in post.photos.all()]
    assert post.body == "<p>Начали в девять.</p>" + "".join(numbers)
