"""The second step of a login: who is let in, what a password alone opens, how codes are limited."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.utils import timezone

from college_site.accounts.login_throttling import ACCOUNT_LIMIT, BROWSER_COOKIE
from college_site.accounts.second_factors import make_recovery_codes
from news.models import Topic
from tests import factories
from tests.clients import browser

pytestmark = pytest.mark.django_db
LOGIN, STEP, OWN = "/admin/login/", "/admin/second-step/", "/admin/second-factor/"
WRONG = "000000"


@pytest.fixture
def teacher():
    return factories.staff(username="teacher")


@pytest.fixture
def app(teacher):
    return factories.app_of(teacher)


def enter_password(client, user, address="203.0.113.1", **entries):
    sent = {"username": user.username, "password": factories.PASSWORD, **entries}
    return client.post(LOGIN, sent, REMOTE_ADDR=address)


def enter_code(client, code, address="203.0.113.1", **entries):
    return client.post(STEP, {"code": code, **entries}, REMOTE_ADDR=address)


def later(**time):
    return time_machine.travel(timezone.now() + datetime.timedelta(**time), tick=False)


def is_inside(client):
    return client.get("/admin/").status_code == 200


# Letting in ---------------------------------------------------------------------------------------


def test_without_a_second_factor_the_password_is_enough(client, teacher):
    enter_password(client, teacher)
    assert is_inside(client)


def test_with_a_second_factor_the_password_leads_to_the_code(client, teacher, app):
    page = client.post(
        f"{LOGIN}?next=/admin/news/topic/",
        {"username": "teacher", "password": factories.PASSWORD},
        follow=True,
    )
    assert page.redirect_chain[-1][0] == f"{STEP}?next=%2Fadmin%2Fnews%2Ftopic%2F"
    assert "Второй шаг входа" in page.content.decode()
    response = enter_code(client, factories.code_of(app), next="/admin/news/topic/")
    assert response.url == "/admin/news/topic/"
    assert is_inside(client)


def test_a_code_may_be_typed_with_a_space(client, teacher, app):
    enter_password(client, teacher)
    code = factories.code_of(app)
    enter_code(client, f"{code[:3]} {code[3:]}")
    assert is_inside(client)


@pytest.mark.parametrize("address", ["/admin/", "/admin/news/post/", "/admin/password_change/"])
def test_the_password_alone_opens_nothing(client, teacher, app, address):
    enter_password(client, teacher)
    assert client.get(address).url.startswith(STEP)
    assert client.post(address, {"x": "1"}).url.startswith(STEP)


def test_the_password_alone_opens_no_file_of_a_draft(client, teacher, app):
    photo = factories.photo(post=factories.draft())
    document = factories.document(post=photo.post)
    enter_password(client, teacher)
    for address in (photo.url, document.get_absolute_url()):
        assert client.get(address).status_code == 404
    enter_code(client, factories.code_of(app))
    assert b"".join(client.get(photo.url).streaming_content)


def test_a_script_is_told_that_the_login_is_missing(client, teacher, app):
    enter_password(client, teacher)
    response = client.post("/admin/news/post/photos/order/", {"photo": [1]})
    assert response.status_code == 401


def test_an_open_session_asks_for_the_code_once_a_factor_is_added(client, teacher):
    enter_password(client, teacher)
    factories.app_of(teacher)
    assert client.get("/admin/").url.startswith(STEP)


def test_a_session_ends_with_the_removal_of_the_factor_it_showed(client, teacher, app):
    enter_password(client, teacher)
    enter_code(client, factories.code_of(app))
    app.delete()
    factories.app_of(teacher)
    assert client.get("/admin/").url.startswith(STEP)


def test_a_login_that_is_not_complete_can_be_ended(client, teacher, app):
    enter_password(client, teacher)
    assert client.post("/admin/logout/").status_code == 200
    assert client.get(STEP).url.startswith(LOGIN)


def test_the_second_step_never_leads_to_another_site(client, teacher, app):
    enter_password(client, teacher)
    code = factories.code_of(app)
    assert enter_code(client, code, next="https://evil.example/").url == "/admin/"


def test_the_second_step_gives_the_session_a_new_key(client, teacher, app):
    enter_password(client, teacher)
    before = client.session.session_key
    enter_code(client, factories.code_of(app))
    assert client.session.session_key != before


def test_the_device_of_another_account_does_not_let_in(client, teacher, app):
    other = factories.app_of(factories.staff())
    enter_password(client, teacher)
    enter_code(client, factories.code_of(other))
    assert not is_inside(client)


def test_an_app_that_is_not_confirmed_does_not_count(client, teacher):
    factories.app_of(teacher, confirmed=False)
    enter_password(client, teacher)
    assert is_inside(client)


# Codes --------------------------------------------------------------------------------------------


def test_a_code_is_accepted_once(client, teacher, app):
    code = factories.code_of(app)
    enter_password(client, teacher)
    enter_code(client, code)
    second = browser()
    enter_password(second, teacher)
    enter_code(second, code)
    assert not is_inside(second)


def test_a_recovery_code_replaces_the_app_once(client, teacher, app):
    code = make_recovery_codes(teacher)[0]
    enter_password(client, teacher)
    page = client.post(STEP, {"code": code.upper()}, follow=True)
    assert "Осталось: 9\u00a0кодов" in page.content.decode()
    second = browser()
    enter_password(second, teacher)
    enter_code(second, code)
    assert not is_inside(second)


def test_the_database_holds_no_recovery_code(teacher, app):
    code = make_recovery_codes(teacher)[0].replace("-", "")
    stored = [token.token for token in teacher.staticdevice_set.get().token_set.all()]
    assert len(set(stored)) == 10
    assert all(code not in token and token not in code for token in stored)


def test_new_recovery_codes_end_the_earlier_ones(client, teacher, app):
    [code, *_], _ = make_recovery_codes(teacher), make_recovery_codes(teacher)
    enter_password(client, teacher)
    enter_code(client, code)
    assert not is_inside(client)


@pytest.mark.parametrize("code", ["", " ", "1" * 5, "1" * 33, "٣" * 6, "\0", "-1", "aaaaaaaaaa"])
def test_what_is_no_code_is_refused(client, teacher, app, code):
    make_recovery_codes(teacher)
    enter_password(client, teacher)
    assert enter_code(client, code).status_code == 200
    assert not is_inside(client)


# Throttling ---------------------------------------------------------------------------------------


def guess(client, number, address="203.0.113.1"):
    """Wrong codes, each after the pause that the app asks for."""
    statuses = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(number):
            statuses.append(enter_code(client, WRONG, address).status_code)
            clock.shift(16)
    return statuses


def test_five_wrong_codes_lock_the_account_in_this_network(client, teacher, app):
    enter_password(client, teacher)
    assert guess(client, 5) == [200, 200, 200, 200, 429]
    with later(seconds=100):
        assert enter_code(client, factories.code_of(app)).status_code == 429
    with later(minutes=17):
        assert enter_code(client, factories.code_of(app)).status_code == 302


def test_the_password_does_not_forgive_wrong_codes(client, teacher, app):
    enter_password(client, teacher)
    guess(client, 4)
    with later(seconds=70):
        enter_password(client, teacher)
        assert enter_code(client, WRONG).status_code == 429


def test_the_right_code_forgives_wrong_ones(client, teacher, app):
    enter_password(client, teacher)
    enter_code(client, WRONG)
    with later(seconds=5):
        enter_code(client, factories.code_of(app))
    assert not AccessAttempt.objects.exists()


def test_a_code_right_after_a_wrong_one_is_told_to_wait(client, teacher, app):
    enter_password(client, teacher)
    with time_machine.travel(timezone.now(), tick=False):
        enter_code(client, WRONG)
        page = enter_code(client, factories.code_of(app)).content.decode()
    assert "Подождите 1\u00a0секунду" in page


def test_the_password_alone_makes_no_browser_known(client, teacher, app):
    enter_password(client, teacher)
    assert BROWSER_COOKIE not in client.cookies
    enter_code(client, factories.code_of(app))
    assert BROWSER_COOKIE in client.cookies


def test_many_networks_guess_the_codes_of_an_account_no_faster(teacher, app):
    statuses = []
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(ACCOUNT_LIMIT + 1):
            address = f"198.51.100.{number}"
            client = browser()
            statuses.append(enter_password(client, teacher, address).status_code)
            type(app).objects.update(throttling_failure_count=0)
            enter_code(client, WRONG, address)
    assert statuses == [302] * ACCOUNT_LIMIT + [429]


def test_wrong_codes_and_passwords_are_neither_stored_nor_logged(client, teacher, app, caplog):
    enter_password(client, teacher)
    enter_code(client, "123456")
    sent = {"login-username": "teacher", "login-password": "wrong-secret", "title": "x"}
    browser().post("/admin/news/topic/add/", sent)
    stored = " ".join(AccessAttempt.objects.values_list("post_data", flat=True))
    assert "123456" not in stored
    assert "wrong-secret" not in stored
    assert "teacher" not in caplog.text


# Forms that were sent -----------------------------------------------------------------------------

ADD = "/admin/news/topic/add/"
ENTRIES = {"title": "Практика", "slug": "praktika", "_save": "Сохранить"}


def test_a_form_sent_after_the_login_ended_opens_after_both_steps(client, teacher, app):
    login = {"login-username": "teacher", "login-password": factories.PASSWORD}
    page = client.post(ADD, {**ENTRIES, **login, "_review": "1"})
    assert page.status_code == 403
    assert "Введите код" in page.content.decode()
    assert 'value="Практика"' in page.content.decode()
    assert factories.PASSWORD not in page.content.decode()
    sent = {**ENTRIES, "_review": "1", "login-code": factories.code_of(app)}
    shown = client.post(ADD, sent).content.decode()
    assert "ещё не сохранено" in shown
    assert 'value="Практика"' in shown
    assert not Topic.objects.exists()
    client.post(ADD, {**ENTRIES, "description": ""})
    assert Topic.objects.exists()


def test_a_wrong_code_keeps_the_form(client, teacher, app):
    enter_password(client, teacher)
    page = client.post(ADD, {**ENTRIES, "login-code": WRONG})
    assert page.status_code == 403
    assert "Код не подошёл" in page.content.decode()
    assert 'value="Практика"' in page.content.decode()


def test_a_form_sent_between_the_steps_is_kept_and_not_saved(client, teacher, app):
    enter_password(client, teacher)
    page = client.post(ADD, ENTRIES)
    assert page.status_code == 403
    assert not Topic.objects.exists()


def test_a_form_sent_before_the_factor_is_set_up_is_kept(client, teacher, settings):
    settings.SECOND_FACTOR = "required"
    enter_password(client, teacher)
    page = client.post(ADD, ENTRIES)
    assert page.status_code == 403
    assert f'href="{OWN}"' in page.content.decode()
    assert 'value="Практика"' in page.content.decode()
    assert not Topic.objects.exists()


# Required -----------------------------------------------------------------------------------------


def test_where_it_is_required_only_the_set_up_is_open(client, teacher, settings):
    settings.SECOND_FACTOR = "required"
    enter_password(client, teacher)
    assert client.get("/admin/news/post/").url.startswith(OWN)
    assert client.get(OWN).status_code == 200
    assert client.get(factories.photo(post=factories.draft()).url).status_code == 404


def test_where_it_is_required_the_set_up_opens_the_admin(client, teacher, settings):
    settings.SECOND_FACTOR = "required"
    enter_password(client, teacher)
    client.get(f"{OWN}app/")
    code = factories.code_of(teacher.totpdevice_set.get())
    page = client.post(f"{OWN}app/", {"code": code}).content.decode()
    assert "Больше сайт их не" in page
    assert is_inside(client)


@pytest.mark.parametrize("setting", ["optional", "required"])
def test_former_staff_are_led_to_the_login(client, teacher, app, settings, setting):
    settings.SECOND_FACTOR = setting
    enter_password(client, teacher)
    User.objects.update(is_staff=False)
    for address in ("/admin/", STEP, OWN, f"{OWN}app/"):
        assert client.get(address).url.startswith(LOGIN)
