"""The form of «Решаем вместе»."""

import pytest
from django.urls import reverse

from feedback.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/new/"


@pytest.fixture
def topic():
    return factories.suggestion_topic()


@pytest.fixture
def entries(topic):
    """The POST data of a valid form without contact."""
    return factories.suggestion_entries(topic=topic.pk)


def errors(response):
    return response.context["form"].errors


def test_the_form_offers_the_active_topics(client, topic):
    hidden = factories.suggestion_topic(is_active=False)
    page = client.get(URL).content.decode()
    assert topic.title in page
    assert hidden.title not in page


def test_the_form_and_its_check_are_two_steps(client, entries):
    assert "Шаг 1 из&nbsp;2" in client.get(URL).content.decode()
    check = client.post(URL, {**entries, "step": "check"})
    assert "Шаг 2 из&nbsp;2" in check.content.decode()


def test_each_form_has_its_own_key(client):
    keys = {client.get(URL).context["form"]["submission_key"].value() for _ in range(2)}
    assert len(keys) == 2


def test_a_valid_form_is_registered(client, entries, topic):
    client.post(URL, entries)
    suggestion = Suggestion.objects.get()
    assert suggestion.topic == topic
    assert suggestion.role == "student"
    assert suggestion.text == "Поставьте лавочки во дворе."
    assert suggestion.status == Suggestion.Status.RECEIVED


def test_a_valid_form_redirects_to_the_receipt(client, entries):
    response = client.post(URL, entries)
    assert response.status_code == 303
    assert response.url == reverse("feedback:receipt")


def test_the_redirect_url_does_not_contain_the_key(client, entries):
    response = client.post(URL, entries)
    assert entries["submission_key"] not in response.url


def test_a_form_sent_twice_is_registered_once(client, entries):
    client.post(URL, entries)
    assert client.post(URL, entries).status_code == 303
    assert Suggestion.objects.count() == 1


def test_an_edited_text_with_the_same_key_is_registered_separately(client, entries):
    client.post(URL, entries)
    client.post(URL, {**entries, "text": "Поставьте лавочки и у входа."})
    assert Suggestion.objects.count() == 2


def test_the_form_is_never_cached(client, entries):
    assert "no-store" in client.get(URL).headers["Cache-Control"]
    assert "no-store" in client.post(URL, {}).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("topic", "Выберите тему. Если ни одна не подходит, есть «Другое»."),
        ("role", "Отметьте, кто вы: так ответит тот, кто отвечает за вопрос."),
        ("text", "Напишите, что вы предлагаете."),
    ],
)
def test_a_missing_required_field_is_reported(client, entries, field, words):
    del entries[field]
    assert errors(client.post(URL, entries)) == {field: [words]}
    assert not Suggestion.objects.exists()


def test_a_text_that_is_too_short_is_refused(client, entries):
    response = client.post(URL, {**entries, "text": "  Ага.   \n  "})
    assert list(errors(response)) == ["text"]


def test_a_text_of_ten_letters_is_enough(client, entries):
    client.post(URL, {**entries, "text": "Хочу ёлку!"})
    assert Suggestion.objects.get().text == "Хочу ёлку!"


def test_a_text_that_is_too_long_is_refused_with_its_length(client, entries):
    response = client.post(URL, {**entries, "text": "я" * 5001})
    assert errors(response)["text"] == ["Сократите текст до 5000 знаков: сейчас 5001."]


def test_the_longest_text_is_accepted(client, entries):
    assert client.post(URL, {**entries, "text": "я" * 5000}).status_code == 303


def test_a_line_break_counts_as_one_character(client, entries):
    """Browsers count a line break as one character, but send two."""
    text = "\r\n".join(["я" * 99] * 50)
    assert client.post(URL, {**entries, "text": text}).status_code == 303


def test_a_nul_character_is_refused_with_an_explanation(client, entries):
    message = errors(client.post(URL, {**entries, "text": "Поставьте лавочки\0"}))["text"][0]
    assert "сотрите это место и наберите заново" in message


def test_an_inactive_topic_is_refused(client, entries):
    hidden = factories.suggestion_topic(is_active=False)
    assert list(errors(client.post(URL, {**entries, "topic": hidden.pk}))) == ["topic"]


def test_an_unknown_role_is_refused(client, entries):
    assert list(errors(client.post(URL, {**entries, "role": "director"}))) == ["role"]


@pytest.mark.parametrize("key", ["", "x", "0" * 5000])
def test_an_invalid_form_key_is_refused_and_replaced(client, entries, key):
    response = client.post(URL, {**entries, "submission_key": key})
    assert "submission_key" in errors(response)
    new = response.context["form"]["submission_key"].value()
    assert client.post(URL, {**entries, "submission_key": new}).status_code == 303


def test_an_invalid_form_keeps_its_text(client, entries):
    page = client.post(URL, {**entries, "role": ""}).content.decode()
    assert "Поставьте лавочки во дворе." in page


def test_the_text_in_an_invalid_form_is_escaped(client, entries):
    page = client.post(URL, {**entries, "role": "", "text": "</textarea><script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()


def test_every_error_links_to_its_field(client, read_page):
    root = read_page(client.post(URL, {})).root
    summary = next(element for element in root.all("div") if element.get("role") == "alert")
    targets = {link["href"][1:] for link in summary.all("a")}
    assert {"id_topic", "id_role_0", "id_text"} <= targets
    assert targets <= {element.get("id") for element in root.all()}


def test_an_invalid_field_is_marked_for_screen_readers(client, entries, read_page):
    factories.consent()
    root = read_page(
        client.post(URL, {**entries, "text": "", "reply_by": "email", "email": "x"})
    ).root
    fields = {field.get("id"): field for field in root.all("input", "textarea")}
    for name in ("text", "email"):
        field = fields[f"id_{name}"]
        assert field["aria-invalid"] == "true"
        assert f"id_{name}_error" in field["aria-describedby"]


def test_the_error_of_a_group_is_read_with_the_group(client, entries, read_page):
    root = read_page(client.post(URL, {**entries, "role": ""})).root
    group = next(each for each in root.all("fieldset") if "Кто вы" in each.text())
    assert "id_role_error" in group["aria-describedby"].split()
    assert group["class"].split() == ["field", "field--invalid"]
    error = next(each for each in group.all("p") if each.get("id") == "id_role_error")
    assert error.text().startswith("Ошибка: ")


def test_the_title_of_an_invalid_form_mentions_the_error(client, read_page):
    title = next(read_page(client.post(URL, {})).root.all("title"))
    assert title.text().startswith("Ошибка: ")


# Contact and consent ------------------------------------------------------------------------------


def test_the_form_has_no_email_field_without_a_consent(client):
    assert 'name="email"' not in client.get(URL).content.decode()


def test_no_email_address_is_stored_without_a_consent(client, entries):
    without = {"reply_by": "email", "email": "a@example.ru", "consents": "on"}
    client.post(URL, {**entries, **without})
    assert Suggestion.objects.get().email == ""


def contact(consent):
    """The POST data of an email address with consent."""
    return {
        "reply_by": "email",
        "email": "a@example.ru",
        "consents": "on",
        "consent_version": consent.version,
    }


def test_an_email_address_is_stored_with_consent_and_time(client, entries):
    consent = factories.consent()
    client.post(URL, {**entries, **contact(consent)})
    suggestion = Suggestion.objects.get()
    assert suggestion.email == "a@example.ru"
    assert suggestion.consent == consent
    assert suggestion.consented_at is not None


def test_an_email_address_without_consent_is_refused(client, entries):
    factories.consent()
    response = client.post(URL, {**entries, "reply_by": "email", "email": "a@example.ru"})
    assert list(errors(response)) == ["consents"]
    assert not Suggestion.objects.exists()


def test_an_email_reply_without_an_address_is_refused(client, entries):
    consent = factories.consent()
    response = client.post(URL, {**entries, **contact(consent), "email": ""})
    assert errors(response) == {"email": ["Впишите адрес или выберите ответ только под кодом."]}


def test_a_reply_by_code_stores_neither_address_nor_consent(client, entries):
    consent = factories.consent()
    client.post(URL, {**entries, **contact(consent), "reply_by": "code"})
    suggestion = Suggestion.objects.get()
    assert (suggestion.email, suggestion.consent, suggestion.consented_at) == ("", None, None)


def test_a_reply_by_code_ignores_an_invalid_address(client, entries):
    consent = factories.consent()
    response = client.post(
        URL, {**entries, **contact(consent), "email": "почта", "reply_by": "code"}
    )
    assert response.status_code == 303


def test_the_default_is_a_reply_by_code(client):
    factories.consent()
    assert client.get(URL).context["form"]["reply_by"].value() == "code"


def test_the_way_to_reply_is_required(client, entries):
    factories.consent()
    response = client.post(URL, entries)
    assert errors(response) == {"reply_by": ["Отметьте, как вам ответить."]}


def test_the_consent_box_is_not_preselected(client):
    factories.consent()
    assert not client.get(URL).context["form"]["consents"].value()


def test_the_form_links_the_newest_consent_version(client, read_page):
    newest = factories.consent(version=7000)
    factories.consent(version=6000)
    links = [link["href"] for link in read_page(client.get(URL)).root.all("a")]
    assert newest.get_absolute_url() in links


def test_consent_to_an_outdated_version_is_refused(client, entries):
    """A new version may be published meanwhile; 152-ФЗ requires an informed consent."""
    shown = factories.consent(version=1)
    factories.consent(version=2)
    response = client.post(URL, {**entries, **contact(shown)})
    assert list(errors(response)) == ["consents"]
    assert not Suggestion.objects.exists()


def test_a_new_consent_version_unticks_the_consent_box(client, entries, read_page):
    shown = factories.consent(version=1)
    factories.consent(version=2)
    root = read_page(client.post(URL, {**entries, **contact(shown)})).root
    fields = {field["name"]: field for field in root.all("input")}
    assert fields["consents"].get("checked", "no") == "no"
    assert fields["consent_version"]["value"] == "2"
    assert fields["email"]["value"] == "a@example.ru"


@pytest.mark.parametrize("email", ["почта", f"x@{'а' * 60}.рф"], ids=["no address", "no IDNA"])
def test_an_invalid_email_address_is_refused(client, entries, email):
    response = client.post(URL, {**entries, **contact(factories.consent()), "email": email})
    assert errors(response) == {"email": ["Проверьте адрес: он выглядит как name@example.ru."]}


def test_an_email_address_with_a_cyrillic_domain_is_accepted(client, entries):
    email = "kto@почта.рф"
    client.post(URL, {**entries, **contact(factories.consent()), "email": email})
    assert Suggestion.objects.get().email == email


# Consent to publication ---------------------------------------------------------------------------


def test_permission_to_publish_is_off_by_default(client, entries):
    client.post(URL, entries)
    assert Suggestion.objects.get().may_publish is False


def test_permission_to_publish_is_stored(client, entries):
    client.post(URL, {**entries, "may_publish": "on"})
    assert Suggestion.objects.get().may_publish is True


def test_only_the_reply_choice_is_preselected(client, read_page):
    factories.consent()
    boxes = read_page(client.get(URL)).root.all("input")
    ticked = [box["name"] for box in boxes if "checked" in box.attributes]
    assert ticked == ["reply_by"]


# Texts required by law ----------------------------------------------------------------------------


def test_the_form_says_that_a_suggestion_is_no_formal_appeal(client):
    page = client.get(URL).content.decode()
    assert "Это предложение, а не официальное обращение." in page
    assert "За критику никого не преследуют (59-ФЗ, статья 6)." in page


def test_the_formal_appeal_link_needs_an_address(client):
    factories.college()
    assert "Госуслуг" not in client.get(URL).content.decode()
    factories.college(appeal_url="https://pos.example.ru/")
    assert 'href="https://pos.example.ru/"' in client.get(URL).content.decode()


def test_the_form_links_the_privacy_policy(client):
    factories.college(privacy_policy_url="https://college.example.ru/policy/")
    assert 'href="https://college.example.ru/policy/"' in client.get(URL).content.decode()
