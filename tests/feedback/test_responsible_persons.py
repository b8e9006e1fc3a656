"""Who is responsible for a suggestion, and who may become so."""

import pytest
from django.core.exceptions import ValidationError

from college_site.accounts.roles import (
    EDITOR,
    HEAD,
    INTAKE,
    RESPONSIBLE,
)
from feedback.models import Suggestion
from tests import factories
from tests.feedback.suggestion_admin import act
from tests.feedback.test_suggestion_access import client_of, make

pytestmark = pytest.mark.django_db


def test_a_responsible_person_cannot_hand_over():
    user = factories.member(RESPONSIBLE)
    suggestion = make("own", user)
    act(client_of(user), suggestion, "assigned", person=factories.member(RESPONSIBLE).pk)
    assert Suggestion.objects.get().responsible == user


@pytest.mark.parametrize(
    ("role", "is_restricted"), [(INTAKE, False), (EDITOR, False), (RESPONSIBLE, True)]
)
def test_nobody_is_responsible_who_may_not_answer(role, is_restricted):
    suggestion = factories.suggestion(is_restricted=is_restricted)
    person = factories.member(role)
    with pytest.raises(ValidationError, match="не может отвечать"):
        suggestion.assign(person, factories.staff())
    act(client_of(factories.staff()), suggestion, "assigned", person=person.pk)
    assert Suggestion.objects.get().responsible is None


def test_naming_the_same_responsible_person_again_leaves_no_event():
    person, suggestion = factories.member(RESPONSIBLE), factories.suggestion()
    suggestion.assign(person, None)
    page = act(client_of(factories.staff()), suggestion, "assigned", person=person.pk)
    assert "Ответственный и сейчас такой" in page.content.decode()
    assert suggestion.events.filter(kind="assigned").count() == 1


def test_taking_nobody_away_leaves_no_event():
    suggestion = factories.suggestion()
    act(client_of(factories.staff()), suggestion, "assigned", person="")
    assert not suggestion.events.filter(kind="assigned").exists()


def test_a_suggestion_is_forwarded_to_the_person_who_is_responsible_already():
    person = factories.member(RESPONSIBLE)
    suggestion = factories.suggestion()
    suggestion.assign(person, None)
    fields = {"person": person.pk, "words": "Завхозу, он решит."}
    act(client_of(factories.staff()), suggestion, "forwarded", **fields)
    assert [event.kind for event in suggestion.events.order_by("pk")][-1] == "forwarded"


@pytest.mark.parametrize(("role", "becomes"), [(RESPONSIBLE, True), (INTAKE, False)])
def test_who_takes_it_up_and_may_answer_becomes_responsible(role, becomes):
    user, suggestion = factories.member(role), factories.suggestion()
    suggestion.take_up(user)
    assert (Suggestion.objects.get().responsible == user) == becomes


def test_taking_up_leaves_the_responsible_person():
    person, suggestion = factories.member(RESPONSIBLE), factories.suggestion()
    suggestion.assign(person, None)
    suggestion.take_up(factories.member(HEAD))
    assert Suggestion.objects.get().responsible == person
