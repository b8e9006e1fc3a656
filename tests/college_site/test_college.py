"""The college's row: single, complete or empty, the source of all contacts."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from college_site.models import College, dial_digits
from tests import factories

pytestmark = pytest.mark.django_db


def test_saving_a_second_college_replaces_the_first():
    factories.college(name="Первый")
    College(full_name="Второй", name="Второй").save()
    assert College.objects.get().name == "Второй"


def test_a_second_college_gives_a_russian_error():
    with pytest.raises(ValidationError, match="Сведения о колледже уже есть"):
        College(pk=2).validate_constraints()


def test_a_latitude_without_longitude_gives_a_russian_error():
    with pytest.raises(ValidationError, match="Укажите и широту, и долготу"):
        College(pk=1, latitude=50).validate_constraints()


def test_a_missing_college_is_replaced_by_an_empty_one():
    college = College.objects.current()
    assert str(college) == "Портал колледжа"
    assert college.address_line == ""
    assert college.map_url == ""
    assert college.footer_links == []


def test_the_college_and_its_links_take_one_query(django_assert_num_queries):
    college = factories.college()
    college.links.create(title="Второй", url="https://b.example/", order=2)
    college.links.create(title="Первый", url="https://a.example/", order=1)
    with django_assert_num_queries(1):
        links = College.objects.current().footer_links
    assert [(link.title, link.url) for link in links] == [
        ("Первый", "https://a.example/"),
        ("Второй", "https://b.example/"),
    ]


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("8 (8453) 44-36-22", "+78453443622"),
        ("+7 (8453) 44-36-22", "+78453443622"),
        ("7 8453 443622", "+78453443622"),
        ("44-36-22", "443622"),
        ("84-36-22", "843622"),
        ("", ""),
    ],
)
def test_phone_numbers_are_converted_to_the_international_form(number, digits):
    assert dial_digits(number) == digits


def test_phone_and_fax_have_tel_uris():
    college = factories.college(phone="8 (8453) 44-36-22", fax="8 (8453) 44-36-23")
    assert college.phone_uri == "tel:+78453443622"
    assert college.fax_uri == "tel:+78453443623"


@pytest.mark.parametrize(
    ("fax", "shares"),
    [
        ("8 (8453) 44-36-22", True),
        ("+7 8453 443622", True),
        ("8 (8453) 44-36-23", False),
        ("", False),
    ],
)
def test_the_same_phone_and_fax_number_is_recognised(fax, shares):
    assert College(phone="8 (8453) 44-36-22", fax=fax).fax_shares_phone is shares


def test_empty_phone_and_fax_are_not_shared():
    assert not College().fax_shares_phone


def test_the_address_is_formatted_as_one_line():
    assert factories.college().address_line == (
        "410000, Саратовская обл., г. Саратов, ул. Учебная, д. 1"
    )


def test_empty_parts_of_the_address_are_left_out():
    assert factories.college(postal_code="", region="").address_line == (
        "г. Саратов, ул. Учебная, д. 1"
    )


def test_the_map_link_uses_the_coordinates():
    college = factories.college(latitude=Decimal("52.0213"), longitude=Decimal("47.8"))
    assert college.map_url == "https://yandex.ru/maps/?pt=47.8%2C52.0213&z=17"


def test_the_map_link_without_coordinates_uses_the_address():
    assert factories.college().map_url.startswith("https://yandex.ru/maps/?text=410000%2C+")


@pytest.mark.parametrize("phone", ["x", "12", "8 8453 44-36-22 доб. 5", "<script>"])
def test_an_invalid_phone_number_is_refused(phone):
    with pytest.raises(ValidationError) as caught:
        College(full_name="x", name="x", phone=phone).full_clean()
    assert "Запишите номер цифрами" in str(caught.value.message_dict["phone"])


@pytest.mark.parametrize("code", ["41385", "4138577", "41385x", "٤١٣٨٥٧"])
def test_an_invalid_postal_code_is_refused(code):
    with pytest.raises(ValidationError) as caught:
        College(full_name="x", name="x", postal_code=code).full_clean()
    assert "postal_code" in caught.value.message_dict


def test_the_admin_list_redirects_to_the_college(staff_client):
    factories.college()
    response = staff_client.get("/admin/college_site/college/")
    assert response.url == "/admin/college_site/college/1/change/"


def test_the_college_cannot_be_added_twice_or_deleted(staff_client):
    factories.college()
    assert staff_client.get("/admin/college_site/college/add/").status_code == 403
    assert staff_client.post("/admin/college_site/college/1/delete/").status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [("postal_code", "410000\n"), ("latitude", Decimal("90.1")), ("longitude", Decimal("180.1"))],
)
def test_an_impossible_value_is_refused(field, value):
    with pytest.raises(ValidationError) as caught:
        College(full_name="x", name="x", **{field: value}).clean_fields()
    assert set(caught.value.error_dict) == {field}
