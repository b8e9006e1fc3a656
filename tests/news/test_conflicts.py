"""Two people, or two tabs, at the form of one post: nobody overwrites what they have not seen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from news.editing.conflicts import check_version
from news.editing.differences import compare
from news.models import Post
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_admin import change, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return factories.staff(last_name="Иванова", first_name="Ирина Ивановна")


@pytest.fixture
def post():
    return factories.draft(title="Круглый стол", lead="Было вчера.", body="<p>Текст.</p>")


def sent(post, version=1, **fields):
    return entries(slug=post.slug, version=version, **{"lead": "Было вчера.", **fields})


def save_as(user, post, **fields):
    return log_in(user).post(change(post), sent(post, **fields))


def test_every_save_counts_the_version_on(post):
    assert post.version == 1
    post.save()
    post.publish()
    assert (post.version, Post.objects.get().version) == (3, 3)


def test_two_saves_of_one_version_count_twice(post):
    other = Post.objects.get()
    post.save()
    other.save(update_fields=["lead"])
    assert Post.objects.get().version == 3


def test_a_form_of_the_stored_version_is_saved(staff_client, post):
    assert staff_client.post(change(post), sent(post, lead="Новое.")).status_code == 302
    assert Post.objects.get().lead == "Новое."


def test_a_stale_form_saves_nothing_and_keeps_its_text(staff_client, colleague, post):
    save_as(colleague, post, lead="Лид коллеги.")
    response = staff_client.post(change(post), sent(post, lead="Мой лид."))
    assert response.status_code == 200
    assert Post.objects.get().lead == "Лид коллеги."
    assert response.context["adminform"].form["lead"].value() == "Мой лид."


def test_a_stale_form_tells_who_saved_and_shows_both_versions(staff_client, colleague, post):
    save_as(colleague, post, lead="Лид коллеги.")
    page = staff_client.post(change(post), sent(post, lead="Мой лид.")).content.decode()
    assert "Иванова\u00a0И.\u00a0И." in page
    assert "<del>" in page
    assert "<ins>" in page


def test_only_differing_fields_are_compared(staff_client, colleague, post):
    save_as(colleague, post, lead="Лид коллеги.")
    response = staff_client.post(change(post), sent(post, lead="Мой лид."))
    assert [row["name"] for row in response.context["conflict"]["rows"]] == ["lead"]


def test_the_second_deliberate_save_is_written(staff_client, colleague, post, read_page):
    save_as(colleague, post, lead="Лид коллеги.")
    page = read_page(staff_client.post(change(post), sent(post, lead="Мой лид.")))
    [version] = [
        field["value"] for field in page.root.all("input") if field.get("name") == "version"
    ]
    assert staff_client.post(change(post), sent(post, version, lead="Мой лид.")).status_code == 302
    assert Post.objects.get().lead == "Мой лид."


def test_a_third_save_in_between_is_told_again(staff_client, colleague, post):
    save_as(colleague, post, lead="Второй.")
    save_as(colleague, post, version=2, lead="Третий.")
    assert staff_client.post(change(post), sent(post, 2, lead="Мой лид.")).status_code == 200
    assert Post.objects.get().lead == "Третий."


def test_the_stored_value_of_a_field_can_be_taken(staff_client, colleague, post):
    save_as(colleague, post, lead="Лид коллеги.", place="Актовый зал")
    mine = sent(post, 2, lead="Мой лид.", place="Столовая", _take="lead")
    form = staff_client.post(change(post), mine).context["adminform"].form
    assert (form["lead"].value(), form["place"].value()) == ("Лид коллеги.", "Столовая")
    assert Post.objects.get().place == "Актовый зал"


def test_the_stored_moment_can_be_taken(staff_client, post):
    Post.objects.update(published_at="2030-03-02T09:30:00+04:00")
    mine = sent(post, published_at_0="01.01.2031", published_at_1="10:00", _take="published_at")
    data = staff_client.post(change(post), mine).context["adminform"].form.data
    assert (data["published_at_0"], data["published_at_1"]) == ("2030-03-02", "09:30:00")


@pytest.mark.parametrize("name", ["x", "", "new_photos", "photos-0-caption", "version"])
def test_taking_an_unknown_field_saves_and_breaks_nothing(staff_client, post, name):
    assert staff_client.post(change(post), sent(post, lead="Мой.", _take=name)).status_code == 200
    assert Post.objects.get().lead == "Было вчера."


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "1.0", "9" * 40, "٣", "\0", "1 OR 1=1"])
def test_a_version_that_never_was_is_stale(staff_client, post, version):
    assert staff_client.post(change(post), sent(post, version, lead="Мой.")).status_code == 200
    assert Post.objects.get().lead == "Было вчера."


def test_a_save_between_check_and_write_is_not_overwritten(staff_client, post, monkeypatch):
    post.save()
    checks = []

    def pass_the_first_time(form):
        checks.append(form)
        if len(checks) > 1:
            check_version(form)

    monkeypatch.setattr("news.forms.check_version", pass_the_first_time)
    response = staff_client.post(change(post), sent(post, lead="Мой лид."))
    assert (response.status_code, len(checks)) == (200, 2)
    assert "была сохранена" in response.content.decode()
    assert Post.objects.get().lead == "Было вчера."


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_written(colleague, post):
    clients = {lead: log_in(colleague) for lead in ("Первый.", "Второй.")}
    start = Barrier(2)

    def save(lead):
        start.wait(10)
        try:
            return clients[lead].post(change(post), sent(post, lead=lead)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = dict(zip(clients, pool.map(save, clients), strict=True))
    assert sorted(statuses.values()) == [200, 302]
    assert statuses[Post.objects.get().lead] == 302


def test_a_publication_meanwhile_is_a_conflict_too(staff_client, post):
    Post.objects.get().publish()
    assert staff_client.post(change(post), sent(post)).status_code == 200
    assert Post.objects.get().is_published


def test_a_row_that_a_colleague_deleted_does_not_prevent_saving(staff_client, post):
    partner, other = factories.partner(), factories.partner()
    rows = [post.participations.create(partner=each) for each in (partner, other)]
    mine = {"participations-TOTAL_FORMS": 2, "participations-INITIAL_FORMS": 2}
    for number, row in enumerate(rows):
        values = {"id": row.pk, "post": post.pk, "partner": row.partner_id, "order": number + 1}
        mine |= {f"participations-{number}-{name}": value for name, value in values.items()}
    rows[0].delete()
    response = staff_client.post(change(post), sent(post, lead="Мой лид.", **mine))
    assert response.status_code == 302
    assert [each.partner for each in post.participations.all()] == [other]


@pytest.mark.parametrize("key", ["x", "\0", "9" * 40, "-1"])
def test_a_row_that_never_was_changes_nothing(staff_client, post, key):
    row = post.participations.create(partner=factories.partner())
    mine = {"participations-TOTAL_FORMS": 1, "participations-INITIAL_FORMS": 1}
    mine |= {"participations-0-id": key, "participations-0-partner": factories.partner().pk}
    staff_client.post(change(post), sent(post, **mine))
    assert list(post.participations.all()) == [row]


def test_markup_in_a_stored_field_is_shown_as_text(staff_client, colleague, post):
    save_as(colleague, post, lead="<script>alert(1)</script> & co")
    page = staff_client.post(change(post), sent(post, lead="Мой <b>лид</b>")).content.decode()
    assert "<script>alert" not in page
    assert "<b>лид" not in page


# Differences --------------------------------------------------------------------------------------


def test_changed_words_are_marked_in_both_texts():
    assert compare("раз два три", "раз пять три") == (
        "раз <del>два</del> три",
        "раз <ins>пять</ins> три",
    )


def test_equal_words_far_from_a_change_are_left_out():
    first, _ = compare("слово " * 100 + "было", "слово " * 100 + "стало")
    assert first.count("слово") < 40


def test_very_long_texts_are_shown_whole():
    text = "а " * 7000
    assert compare(text, "б") == (text, "б")
