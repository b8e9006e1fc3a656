"""What a teacher has entered into the form of a post survives whatever happens to the page."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from news.models import Autosave, Post
from tests import factories
from tests.browser.test_post_admin import log_in

ADD = "/admin/news/post/add/"
SAVED = "Сохранено в черновике"


@pytest.fixture
def teacher():
    return factories.staff(last_name="Петрова", first_name="Анна")


@pytest.fixture
def form(page, teacher):
    log_in(page, teacher)
    page.goto(ADD)
    page.locator(".prose-menubar").wait_for()  # its modules are loaded
    return page


def title(page):
    return page.get_by_label("Заголовок:")


def text(page):
    return page.get_by_role("textbox", name="Текст", exact=True)


def state(page, words):
    expect(page.locator("[data-autosave-state]")).to_contain_text(words)


def wait_until_no_copy_is_left(page):
    copies = "Object.keys(localStorage).filter((name) => name.startsWith('autosave:'))"
    for _ in range(50):
        if not page.evaluate(copies):
            return
        page.wait_for_timeout(100)
    pytest.fail("expected no copy of the text in this browser")


def test_the_text_of_a_closed_tab_is_offered_and_restored(form):
    title(form).fill("Круглый стол")
    text(form).press_sequentially("Начали в десять.")
    state(form, SAVED)
    context = form.context
    form.close()
    page = context.new_page()
    page.goto(ADD)
    page.get_by_role("link", name="Вернуть").click()
    expect(title(page)).to_have_value("Круглый стол")
    expect(text(page)).to_have_text("Начали в десять.")


def test_the_text_of_a_crashed_page_is_offered(form):
    form.route("**/post/autosave/**", lambda route: route.abort())  # so that only the copy has it
    title(form).fill("Круглый стол")
    state(form, "Нет связи")
    with pytest.raises(Error, match="crash"):
        form.goto("chrome://crash")
    page = form.context.new_page()
    page.goto(ADD)
    page.get_by_role("link", name="Вернуть").click()
    expect(title(page)).to_have_value("Круглый стол")


def test_what_was_typed_just_before_leaving_is_kept(form):
    title(form).press_sequentially("Последнее")
    form.goto("/admin/news/post/")
    form.reload()
    expect(form.get_by_text("«Последнее»").first).to_be_visible()
    assert Autosave.objects.get().title == "Последнее"


def test_saving_leaves_nothing_unsaved(form):
    title(form).fill("Круглый стол")
    state(form, SAVED)
    form.get_by_role("button", name="Сохранить черновик").click()
    form.wait_for_url("**/admin/news/post/")
    wait_until_no_copy_is_left(form)
    expect(form.get_by_text("Несохранённое")).to_have_count(0)
    assert not Autosave.objects.unsaved().exists()


def test_an_untouched_form_stores_nothing(form):
    form.get_by_label("Место:").click()
    form.wait_for_timeout(3000)
    form.goto("/admin/news/post/")
    assert not Autosave.objects.exists()


def test_text_without_a_network_is_sent_when_it_returns(form):
    form.context.set_offline(True)
    title(form).fill("Без сети")
    state(form, "Нет связи: текст хранится в этом браузере")
    form.context.set_offline(False)
    state(form, SAVED)
    assert Autosave.objects.get().title == "Без сети"


def test_text_of_a_tab_closed_without_a_network_is_offered(form):
    form.context.set_offline(True)
    title(form).fill("Без сети")
    state(form, "Нет связи")
    context = form.context
    form.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(ADD)
    page.get_by_role("link", name="Вернуть").click()
    expect(title(page)).to_have_value("Без сети")


def test_the_text_goes_on_after_logging_in_in_another_tab(form, teacher):
    title(form).fill("Первое")
    state(form, SAVED)
    Session.objects.all().delete()
    title(form).fill("Второе")
    state(form, "Вход закончился")
    with form.context.expect_page() as opened:
        form.get_by_role("link", name="войдите в другой вкладке").click()
    other = opened.value
    other.get_by_label("Имя пользователя").fill(teacher.username)
    other.get_by_label("Пароль").fill(factories.PASSWORD)
    other.get_by_role("button", name="Войти").click()
    expect(other.locator("#user-tools")).to_be_visible()
    form.bring_to_front()
    state(form, SAVED)
    form.get_by_role("button", name="Сохранить черновик").click()
    form.wait_for_url("**/admin/news/post/")
    assert Post.objects.get().title == "Второе"


def test_the_next_user_of_the_browser_does_not_get_the_text(form):
    form.context.set_offline(True)
    title(form).fill("Личное дело")
    state(form, "Нет связи")
    form.context.set_offline(False)
    Session.objects.all().delete()
    page = form.context.new_page()
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    page.wait_for_timeout(500)
    assert "Личное дело" not in page.content()
    form.bring_to_front()
    state(form, "вошёл другой сотрудник")
    assert not Autosave.objects.exists()


def test_logging_out_removes_unsent_text_from_the_browser(form):
    form.route("**/post/autosave/**", lambda route: route.abort())
    title(form).fill("Личное дело")
    state(form, "Нет связи")
    form.on("dialog", lambda dialog: dialog.accept())
    form.get_by_role("button", name="Выйти").click()
    expect(form.get_by_role("link", name="Войти снова")).to_be_visible()
    wait_until_no_copy_is_left(form)


def test_two_users_of_one_post_see_each_other(open_browser, teacher):
    post = factories.draft()
    address = f"/admin/news/post/{post.pk}/change/"
    first, second = open_browser(), open_browser()
    log_in(first, teacher)
    first.goto(address)
    title(first).fill("Мой заголовок")
    state(first, SAVED)
    log_in(second, factories.staff(last_name="Иванова", first_name="Ирина"))
    second.goto(address)
    expect(second.get_by_text("Петрова\u00a0А. правит эту публикацию")).to_be_visible()
    title(first).fill("Мой второй заголовок")
    expect(first.locator(".post-presence")).to_contain_text("Иванова\u00a0И. смотрит")


def test_two_tabs_of_one_user_both_keep_their_text(form):
    post = factories.draft()
    address = f"/admin/news/post/{post.pk}/change/"
    other = form.context.new_page()
    for number, page in enumerate((form, other)):
        page.goto(address)
        title(page).fill(f"Вкладка {number}")
        state(page, SAVED)
        expect(page.get_by_text("эту публикацию (")).to_have_count(0)
    titles = {slot.title for slot in Autosave.objects.unsaved()}
    assert titles == {"Вкладка 0", "Вкладка 1"}


def test_one_slot_restored_in_two_tabs_is_not_overwritten(form):
    title(form).fill("Начало")
    state(form, SAVED)
    other = form.context.new_page()
    other.goto(f"{ADD}?autosave={Autosave.objects.get().pk}")
    title(other).fill("Продолжение")
    state(other, SAVED)
    title(form).fill("Другое продолжение")
    state(form, "Открыто в другой вкладке")
    state(form, SAVED)
    titles = {slot.title for slot in Autosave.objects.unsaved()}
    assert titles == {"Продолжение", "Другое продолжение"}


def test_typing_on_after_a_lost_answer_makes_no_second_post(form):
    title(form).fill("Круглый стол")
    state(form, SAVED)
    Autosave.objects.get().finish(factories.draft(title="Круглый стол"))
    title(form).fill("Круглый стол, дописано")
    state(form, "уже сохранена")
    state(form, SAVED)
    form.get_by_role("button", name="Сохранить черновик").click()
    form.wait_for_url("**/change/?autosave=*")
    expect(title(form)).to_have_value("Круглый стол, дописано")
    assert Post.objects.count() == 1


def test_a_stale_save_shows_both_versions(form):
    post = factories.draft(title="Было")
    form.goto(f"/admin/news/post/{post.pk}/change/")
    Post.objects.get().save()
    Post.objects.update(title="Заголовок коллеги")
    title(form).fill("Мой заголовок")
    form.get_by_role("button", name="Сохранить черновик").click()
    conflict = form.locator(".post-conflict")
    expect(conflict).to_contain_text("Заголовок коллеги")
    expect(title(form)).to_have_value("Мой заголовок")
    conflict.get_by_role("button", name="Взять сохранённое").click()
    expect(title(form)).to_have_value("Заголовок коллеги")
    title(form).fill("Общий заголовок")
    form.get_by_role("button", name="Сохранить черновик").first.click()
    form.wait_for_url("**/admin/news/post/")
    assert Post.objects.get().title == "Общий заголовок"


def test_a_screen_reader_hears_of_saving_once(form):
    form.evaluate("""() => {
      window.heard = [];
      const place = document.querySelector("[data-autosave-announcement]");
      new MutationObserver(() => heard.push(place.textContent)).observe(place, {childList: true});
    }""")
    for words in ("Один", "Два"):
        title(form).fill(words)
        form.wait_for_timeout(2600)
    assert len(form.evaluate("heard")) == 1


def test_leaving_is_questioned_only_with_something_unsent(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    title(form).press_sequentially("Несохранённое")
    form.goto("/admin/news/post/")
    assert asked == ["beforeunload"]
    form.goto(ADD)
    title(form).press_sequentially("Сохранённое")
    state(form, SAVED)
    form.goto("/admin/news/post/")
    assert asked == ["beforeunload"]
