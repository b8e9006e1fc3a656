"""The same acts without a mouse, by the keys that the page shows."""

from playwright.sync_api import expect

from tests.bench.desk.clerk import Clerk
from tests.bench.table import Row

WORDS = "Завхоз обещал ответить завтра."


def use_keys_only(context, site, album):
    clerk = Clerk(context, site).log_in().open("restricted")
    page = clerk.page
    page.keyboard.press("?")
    shown = page.locator("[data-keys] kbd:visible").all_inner_texts()
    album.shoot(page, "keys")
    page.keyboard.press("t")
    clerk.expect_done()
    clerk.expect_ready()
    page.keyboard.press("n")
    expect(page.get_by_label("Заметка:", exact=True)).to_be_focused()
    page.keyboard.type(WORDS)
    page.keyboard.press("Control+Enter")
    clerk.expect_done()
    clerk.expect_ready()
    expect(page.locator("#content-main").get_by_text(WORDS)).to_be_visible()
    page.keyboard.press("j")
    clerk.expect_ready()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text(site.number("restricted"))
    return [
        Row(
            "keyboard alone",
            "take, note, next without a mouse; keys shown",
            f"0 clicks; keys shown: {' '.join(shown)}",
            clerk.clicks == 0 and {"T", "N", "A"} <= {*shown},
        )
    ]
