"""A teacher writes in the admin, visitors read it."""

from playwright.sync_api import expect

from news.models import Post
from tests import factories


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Имя пользователя").fill(user.username)
    page.get_by_label("Пароль").fill(factories.PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.locator("#user-tools")).to_be_visible()


def files(*names):
    return [
        {"name": name, "mimeType": "image/jpeg", "buffer": factories.picture_bytes((400, 300))}
        for name in names
    ]


def test_a_teacher_writes_a_post_with_photos_publishes_it_and_a_visitor_sees_it(open_browser):
    factories.college()
    teacher = open_browser()
    log_in(teacher, factories.staff())
    teacher.goto("/admin/news/post/add/")
    teacher.get_by_label("Заголовок:").fill("Практика на заводе")
    teacher.get_by_label("Лид:").fill("Третий курс вернулся из цеха.")
    area = teacher.get_by_role("textbox", name="Текст", exact=True)
    area.click()
    teacher.get_by_role("button", name="Полужирный").click()
    area.press_sequentially("Месяц")
    teacher.get_by_role("button", name="Полужирный").click()
    area.press_sequentially(" у станков.")
    teacher.get_by_label("Добавить фотографии").set_input_files(files("IMG_1.jpg", "IMG_2.jpg"))
    teacher.get_by_role("button", name="Опубликовать сейчас").click()
    teacher.get_by_text("Практика на заводе").first.wait_for()

    visitor = open_browser()
    visitor.goto("/")
    visitor.get_by_role("link", name="Практика на заводе").click()
    expect(visitor.locator(".rich-text strong")).to_have_text("Месяц")
    expect(visitor.locator(".post__cover img")).to_have_count(1)
    expect(visitor.locator(".gallery img")).to_have_count(1)


def test_saving_without_publishing_keeps_a_draft_that_visitors_do_not_find(open_browser):
    teacher = open_browser()
    log_in(teacher, factories.staff())
    teacher.goto("/admin/news/post/add/")
    teacher.get_by_label("Заголовок:").fill("Черновик статьи")
    teacher.get_by_role("button", name="Сохранить, не публикуя").click()
    teacher.get_by_text("Черновик статьи").first.wait_for()
    visitor = open_browser()
    response = visitor.goto(Post.objects.get().get_absolute_url())
    assert response.status == 404


def test_the_editor_offers_headings_lists_quotes_links_and_tables_in_russian(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    toolbar = page.locator(".prose-menubar")
    toolbar.wait_for()
    for name in ("Список", "Нумерованный список", "Цитата", "Ссылка", "Таблица", "Курсив"):
        assert toolbar.get_by_role("button", name=name, exact=True).count() == 1, name
    titles = page.eval_on_selector_all(".prose-menubar [title]", "all => all.map(e => e.title)")
    assert not [title for title in titles if title.isascii()]


def test_a_photograph_moved_down_stays_there(page):
    post = factories.post()
    first, second = (factories.photo(post, order=n, caption=f"Снимок {n}") for n in (1, 2))
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    page.locator("#photos-0 .move-end").click()
    page.get_by_role("button", name="Сохранить изменения на сайте").click()
    page.wait_for_url("**/admin/news/post/")
    assert list(post.photos.all()) == [second, first]


def test_a_file_that_is_no_picture_is_named_in_the_error_and_the_text_stays(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Практика на заводе")
    page.get_by_label("Добавить фотографии").set_input_files(
        [{"name": "plan.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"}]
    )
    page.get_by_role("button", name="Опубликовать сейчас").click()
    expect(page.get_by_text("plan.jpg: Это не фотография")).to_be_visible()
    expect(page.get_by_label("Заголовок:")).to_have_value("Практика на заводе")
