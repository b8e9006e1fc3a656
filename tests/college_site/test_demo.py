"""The demo: fills an empty database and leaves existing content unchanged."""

import datetime
import html
import io
import re
import tomllib
from functools import cache
from pathlib import Path

import brotli
import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image

from college_site.models import College
from college_site.pages.stylesheets import bundle
from college_site.uploads.pictures.images import LEAST_SIDE
from feedback.history.verification import verify_history
from feedback.models import Consent, Event, Suggestion, SuggestionTopic
from feedback.moderation.abuse import screen_submission, sign_opening_time
from news.demo import content
from news.models import Photo, Post
from tests import factories
from tests.markup import flat

# From the college's own page, with typing errors corrected.
SENTENCES = (
    "24 февраля 2022 г. на базе Балаковского политехнического техникума в рамках деловой программы "
    "VII Регионального чемпионата WorldSkills Russia «Молодые профессионалы» прошло "
    "совещание-дискуссия на тему «Механизмы взаимодействия учреждений СПО с работодателями в "
    "вопросах трудоустройства выпускников для минимизации кадровой потребности на территории БМР»",
    "учреждений высшего, среднего и дополнительного профессионального образования",
    "АО «Металлургический Завод Балаково», БФ АО «Апатит», «Балаковоатомэнергоремонт» — филиал АО "
    "«Атомэнергоремонт», ПАО «Т Плюс», АО «Облкоммунэнерго» «Балаковские городские электрические "
    "сети», АО «Резинотехника» и др.",
    "На совещании поднимались вопросы о необходимости проведения ранней профориентационной работы "
    "со школьниками",
    "ребята постепенно знакомятся с разными сферами занятости и профессиями",
    "(на примере Балаковского политехнического техникума и МЗ Балаково)",
    "о социальной поддержке и карьерном росте на предприятиях для молодых профессионалов, "
    "выпускников техникума и вузов",
    "необходимо трудоустраивать обучающихся техникумов и колледжей на предприятия",
    "в рамках прохождения практической подготовки с заключением срочного договора",
    "рассмотреть возможность продления отсрочки от армии на 6 месяцев",
    "чтобы ребята могли «погрузиться в профессию», закрепиться на производстве",
    "минимизировать отток молодых специалистов в крупные города",
    "После мероприятия для всех участников совещания-дискуссии сотрудниками техникума была "
    "организована обзорная экскурсия",
    "по компетенциям «Программные решения для бизнеса» и «ИТ-решения для бизнеса на платформе "
    "1С:Предприятие», в мастерские и учебные лаборатории техникума",
)
PARTNERS = [
    "Министерство образования Саратовской области",
    "Администрация Балаковского муниципального района",
    "АО «Металлургический Завод Балаково»",
    "Балаковский филиал АО «Апатит»",
    "«Балаковоатомэнергоремонт» — филиал АО «Атомэнергоремонт»",
    "ПАО «Т Плюс»",
    "АО «Облкоммунэнерго» «Балаковские городские электрические сети»",
    "АО «Резинотехника»",
]


@cache
def shrink(name):
    """A twentieth of the picture's width, decoded once for all tests."""
    with Image.open(content.PICTURES / name) as picture:
        return picture.reduce(20)


@pytest.fixture
def demo(db, monkeypatch):
    """A function that runs the demo command with small pictures; returns its output."""
    monkeypatch.setattr(content, "open_picture", shrink)

    def run():
        output = io.StringIO()
        call_command("demo", stdout=output)
        return output.getvalue()

    return run


@pytest.fixture
def report(demo):
    """The report of 24 February 2022."""
    demo()
    return Post.objects.get(event_date="2022-02-24")


def entries():
    """The entries of the posts in posts.toml."""
    return tomllib.loads(content.SOURCE.read_text(encoding="utf-8"))["posts"]


def photo_entries():
    return [photo for entry in entries() for photo in entry.get("photos", [])]


def test_the_picture_files_match_those_the_posts_name():
    files = {path.name for path in content.PICTURES.iterdir()}
    assert files == {photo["picture"] for photo in photo_entries()}


def test_the_pictures_take_3_megabytes_at_most():
    assert sum(path.stat().st_size for path in content.PICTURES.iterdir()) <= 3 * 1024 * 1024


def test_every_picture_can_be_decoded_and_is_large_enough():
    paths = list(content.PICTURES.iterdir())
    assert paths
    for path in paths:
        with Image.open(path) as picture:
            picture.load()
            assert min(picture.size) >= LEAST_SIDE, path.name


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("roundtable.avif", (1600, 1067)),
        ("welding.avif", (1067, 1600)),
        ("drone.avif", (1200, 1200)),
    ],
)
def test_a_picture_is_stored_in_its_full_size(db, name, size):
    entry = next(photo for photo in photo_entries() if photo["picture"] == name)
    content.create_photo(factories.post(), entry, order=1)
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == size
    assert photo.image.name.endswith("/master.jpg")
    with Image.open(photo.image.path) as master:
        assert (master.format, master.size) == ("JPEG", size)


def test_an_empty_database_is_filled(demo):
    output = demo()
    assert "College: contacts added." in output
    assert Post.objects.published().count() > 10
    assert Post.objects.published().upcoming().exists()
    assert Suggestion.objects.exists()
    assert SuggestionTopic.objects.exists()
    assert Consent.objects.exists()


def counts():
    return [model.objects.count() for model in (College, Post, Photo, Suggestion, Consent)]


def test_running_the_command_twice_changes_nothing(demo):
    demo()
    before = counts()
    output = demo()
    assert counts() == before
    assert output.count("already") == 3


def test_existing_data_are_left_unchanged(demo):
    factories.college(name="Наш техникум")
    factories.post()
    factories.suggestion()
    before = counts()
    demo()
    assert counts() == before
    assert College.objects.get().name == "Наш техникум"


def test_the_contacts_match_the_colleges_own_page(demo, client):
    demo()
    college = College.objects.get()
    assert college.address_line == (
        "413857, Саратовская обл., г. Балаково, ул. Факел Социализма, д. 27"
    )
    assert (college.phone, college.fax) == ("8 (8453) 44-36-22", "8 (8453) 44-36-22")
    assert college.email == "balakovopolytech@mail.ru"
    assert college.feedback_heading == "Решаем вместе"
    page = flat(client.get("/").content.decode())
    assert "Телефон/факс (приёмная директора):" in page
    assert "как сделать школу лучше?" in page


def test_the_demo_links_the_state_form_for_formal_appeals(demo, client):
    demo()
    for url in ("/feedback/", "/feedback/new/"):
        page = client.get(url).content.decode()
        assert 'href="https://pos.gosuslugi.ru/landing/"' in page


def test_the_report_contains_every_sentence(report, client):
    page = html.unescape(strip_tags(client.get(report.get_absolute_url()).content.decode()))
    page = re.sub(r"\s+", " ", page)
    assert [sentence for sentence in SENTENCES if sentence not in page] == []


def test_the_partners_of_the_report_keep_their_order(report):
    names = [str(participation) for participation in report.participations.all()]
    assert [name.replace("\u00a0", " ") for name in names] == PARTNERS


def test_every_demo_object_passes_validation(demo):
    demo()
    for model in (College, Post, Photo, Suggestion, Consent):
        for row in model.objects.all():
            row.full_clean()


def test_every_picture_has_an_alternative_text(demo):
    demo()
    assert not Photo.objects.filter(alt="").exists()


def compressed_size(name):
    css = bundle(lambda name: Path(finders.find(name)).read_text(encoding="utf-8"), name)
    return len(brotli.compress(css.encode()))


def test_demo_pages_fit_the_first_round_trip(report, client):
    Photo.objects.update(width=1600, height=1067, renditions_due_at=None)
    style = sum(compressed_size(name) for name in ("css/site.css", "css/news.css"))
    for path in ("/", "/news/", report.get_absolute_url()):
        size = style + len(brotli.compress(client.get(path).content))
        assert size <= 14 * 1024, path


@pytest.mark.parametrize("today", ["2026-11-20", "2026-11-25", "2026-12-22", "2027-05-01"])
def test_upcoming_events_are_on_working_days(today):
    with time_machine.travel(f"{today} 12:00+04:00", tick=False):
        spans = [content.event_days(entry) for entry in entries() if "event_in_days" in entry]
    assert spans
    for first, last in spans:
        days = [first + datetime.timedelta(n) for n in range(((last or first) - first).days + 1)]
        assert not [day for day in days if day.weekday() > 4], spans
        assert not [day for day in days if f"{day:%m%d}" >= "1227" or f"{day:%m%d}" <= "0110"]


def test_every_published_post_can_be_opened(demo, client):
    demo()
    posts = Post.objects.published()
    assert posts
    for post in posts:
        assert client.get(post.get_absolute_url()).status_code == 200


def test_the_demo_has_suggestions_in_every_state(demo):
    demo()
    states = set(Suggestion.objects.values_list("status", flat=True))
    assert states == set(Suggestion.Status.values)


def test_the_history_of_each_suggestion_is_chronological(demo):
    demo()
    for suggestion in Suggestion.objects.all():
        by_writing = list(suggestion.events.order_by("pk"))
        assert by_writing == list(suggestion.events.all())
        assert by_writing[-1].happened_at <= timezone.now()
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"question", "reply", "extended", "forwarded", "rated", "reopened"} <= kinds


def test_the_history_of_the_demo_verifies(demo):
    demo()
    assert verify_history().events == Event.objects.count()


def test_quarantined_suggestions_state_the_real_suspicion(demo):
    demo()
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    with time_machine.travel(hour_ago, tick=False):
        opened = sign_opening_time()
    quarantined = Suggestion.objects.in_desk_state("quarantine")
    assert quarantined
    for suggestion in quarantined:
        found = screen_submission(suggestion.text, honeypot="", opened=opened, network="school")
        assert suggestion.suspicion == found


def test_no_demo_suggestion_is_overdue(demo):
    demo()
    assert not Suggestion.objects.in_desk_state("overdue")
