"""What happens to words that are typed when something goes wrong."""

from playwright.sync_api import expect

from tests.bench.desk.clerk import Clerk
from tests.bench.table import Row

FIELD = "Ответ автору:"
WORDS = "Кофемашину поставим после каникул, договор уже подписан."
SAVED = "Сохранено, не отправлено."


def begin(context, site, name):
    """A clerk who has typed the words of an answer and not sent them."""
    clerk = Clerk(context, site).log_in().open(name)
    clerk.open_act("Ответить")
    clerk.page.get_by_label(FIELD, exact=True).press_sequentially(WORDS)
    return clerk


def judge(what, clerk, more=""):
    found = clerk.page.get_by_label(FIELD, exact=True).input_value()
    return [Row(what, "nothing typed is lost", f"«{found[:40]}…» is there{more}", found == WORDS)]


def expect_state(clerk, text):
    expect(clerk.page.locator("[data-act=answered] [data-draft-state]")).to_contain_text(text)


def cut_network(context, site, album):
    """The network is away while the words are typed, and the tab is loaded again."""
    clerk = Clerk(context, site).log_in().open("extend")
    clerk.open_act("Ответить")
    context.set_offline(True)
    clerk.page.get_by_label(FIELD, exact=True).press_sequentially(WORDS)
    expect_state(clerk, "Нет связи")
    album.shoot(clerk.page, "network")
    context.set_offline(False)
    expect_state(clerk, SAVED)
    clerk.open("extend")
    return judge("cut network", clerk, ", saved when the network was back")


def end_login(context, site, album):
    """The login ends while the words are typed; they are sent, and the form comes back."""
    clerk = begin(context, site, "original")
    expect_state(clerk, SAVED)
    context.clear_cookies()
    clerk.press("Отправить ответ")
    album.shoot(clerk.page, "login")
    clerk.enter_password("Войти и открыть форму")
    expect(clerk.page.get_by_label(FIELD, exact=True)).to_be_visible()
    return judge("ended login", clerk)


def meet_colleague(context, site, album):
    """A colleague answers meanwhile: the answer is refused, its words stay."""
    clerk = begin(context, site, "forward")
    expect_state(clerk, SAVED)
    other = Clerk(context.browser.new_context(locale="ru-RU"), site, "colleague").log_in()
    other.open("forward")
    seen = other.page.get_by_text("Сейчас отвечает deputy.", exact=True)
    expect(seen).to_be_visible()
    other.perform("Написать заметку", "Сохранить заметку", [("Заметка:", "Я уже звоню.")])
    other.page.context.close()
    clerk.press("Отправить ответ")
    alert = clerk.page.get_by_role("alert").first
    expect(alert).to_be_visible()
    album.shoot(clerk.page, "colleague")
    return judge("a colleague's act", clerk, f"; seen; «{alert.inner_text()[:50]}…»")


def close_tab(context, site, album):
    clerk = begin(context, site, "ask")
    expect_state(clerk, SAVED)
    clerk.page.close()
    clerk = Clerk(context, site).open("ask")
    expect(clerk.page.get_by_label(FIELD, exact=True)).to_be_visible()
    album.shoot(clerk.page, "closed")
    return judge("closed tab", clerk)
