"""The draft of a suggestion survives a reload in its tab only."""

import re

from playwright.sync_api import expect

from feedback.models import Suggestion
from tests import factories

TEXT = "Откройте читальный зал и в субботу."


def fill_in(page):
    """Fill in the form including email and consent."""
    factories.consent()
    topic = factories.suggestion_topic()
    page.goto("/feedback/new/")
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Студент").check()
    page.get_by_label("Ваше предложение").fill(TEXT)
    page.get_by_label("письмом на электронную почту").check()
    page.get_by_label("Электронная почта").fill("a@example.ru")
    page.get_by_label("согласие").check()
    page.get_by_label("можно опубликовать").check()
    return topic


def expect_draft(page, topic):
    expect(page.get_by_text("Мы вернули черновик")).to_be_visible()
    expect(page.get_by_label("О чём предложение")).to_have_value(str(topic.pk))
    expect(page.get_by_label("Студент")).to_be_checked()
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    expect(page.get_by_label("Электронная почта")).to_have_value("a@example.ru")
    expect(page.get_by_label("можно опубликовать")).to_be_checked()


def expect_nothing(page):
    expect(page.get_by_label("Ваше предложение")).to_have_value("")
    expect(page.get_by_text("Мы вернули черновик")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def submit_to_receipt(page):
    page.get_by_role("button", name="Проверить и отправить").click()
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")


def lose_response(route):
    """Let the server process the request, but abort the response."""
    route.fetch(max_redirects=0)
    route.abort()


def test_a_draft_survives_a_reload(page):
    topic = fill_in(page)
    page.reload()
    expect_draft(page, topic)


def test_topic_and_role_survive_a_reload_without_text(page):
    topic = factories.suggestion_topic()
    page.goto("/feedback/new/")
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Студент").check()
    page.reload()
    expect(page.get_by_text("Мы вернули черновик")).to_be_visible()
    expect(page.get_by_label("О чём предложение")).to_have_value(str(topic.pk))
    expect(page.get_by_label("Студент")).to_be_checked()


def test_a_deleted_text_is_not_restored(page):
    page.goto("/feedback/new/")
    page.get_by_label("Ваше предложение").fill("Раздумал.")
    page.get_by_label("Ваше предложение").fill("")
    page.reload()
    expect(page.get_by_text("Мы вернули черновик")).to_be_hidden()


def test_a_draft_survives_leaving_the_page(page):
    topic = fill_in(page)
    page.goto("/news/")
    page.goto("/feedback/new/")
    expect_draft(page, topic)


def test_going_back_to_an_older_form_restores_the_newest_draft(page):
    fill_in(page)
    page.get_by_label("Ваше предложение").fill("")
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page).to_have_title(re.compile("^Ошибка: "))
    page.get_by_label("Ваше предложение").fill(TEXT)
    page.go_back()
    expect(page.get_by_text("Мы вернули черновик")).to_be_visible()
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)


def test_a_restored_draft_shows_its_hints(page):
    page.goto("/feedback/new/")
    page.get_by_label("Ваше предложение").fill("Меня травят в моей группе.")
    page.reload()
    expect(page.get_by_role("link", name="8-800-2000-122")).to_be_visible()


def test_a_draft_does_not_restore_the_consent(page):
    fill_in(page)
    page.reload()
    expect(page.get_by_text("Мы вернули черновик")).to_be_visible()
    expect(page.get_by_label("согласие")).not_to_be_checked()


def test_a_draft_is_not_visible_in_another_tab(page):
    fill_in(page)
    assert page.evaluate("localStorage.length") == 0
    other = page.context.new_page()
    other.goto("/feedback/new/")
    expect_nothing(other)


def test_a_draft_is_deleted_after_sending(page):
    fill_in(page)
    submit_to_receipt(page)
    page.goto("/feedback/new/")
    expect_nothing(page)


def test_clearing_the_form_deletes_the_draft(page):
    fill_in(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Очистить форму").click()
    expect_nothing(page)


def test_clearing_the_form_asks_for_confirmation(page):
    fill_in(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("link", name="Очистить форму").click()
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    expect(page.get_by_label("согласие")).to_be_checked()  # no draft would bring it back
    expect(page.get_by_text("Мы вернули черновик")).to_be_hidden()


def test_a_form_returned_by_the_server_overrides_the_draft(page):
    fill_in(page)
    page.evaluate("document.querySelector('#id_text').value = ''")  # without an input event
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page).to_have_title(re.compile("^Ошибка: "))
    expect(page.get_by_label("Ваше предложение")).to_have_value("")
    expect(page.get_by_text("Мы вернули черновик")).to_be_hidden()
    page.goto("/feedback/new/")
    expect(page.get_by_text("Мы вернули черновик")).to_be_visible()
    expect(page.get_by_label("Ваше предложение")).to_have_value("")


def test_resending_the_draft_after_a_lost_response_registers_once(page):
    """The visitor reopens the form after a lost response and finds the draft."""
    fill_in(page)
    page.get_by_role("button", name="Проверить и отправить").click()
    page.get_by_role("heading", name="Проверьте и отправьте").wait_for()
    page.route("**/feedback/new/", lose_response)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Отправить предложение").click()
    page.unroute("**/feedback/new/")
    assert Suggestion.objects.count() == 1
    page.goto("/feedback/new/")
    expect(page.get_by_text("Мы вернули черновик")).to_be_visible()
    page.get_by_label("согласие").check()
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")
    assert Suggestion.objects.count() == 1


def test_the_form_works_without_session_storage(page):
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('forbidden') }})"
    )
    fill_in(page)
    submit_to_receipt(page)


def test_a_draft_does_not_replace_a_text_in_the_form(page):
    fill_in(page)
    page.evaluate(
        "sessionStorage.setItem('suggestion', JSON.stringify({text: 'Старый черновик.'}));"
        "dispatchEvent(new Event('pageshow'))"
    )
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    expect(page.get_by_text("Мы вернули черновик")).to_be_hidden()
