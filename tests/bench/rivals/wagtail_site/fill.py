"""Fills the site: `python -m wagtail_site.fill PICTURE…`; then each page is opened."""

import datetime
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wagtail_site.settings")
django.setup()

from django.core.files.images import ImageFile  # noqa: E402 - needs the setup above, as all below
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from wagtail_site import models  # noqa: E402
from wagtail_site.bakerydemo import PAGES, Content, describe_difference  # noqa: E402

SENTENCE = "The third year has baked four hundred loaves for the fair on the square. "
LINK = '<a href="https://college.example/fair/">The programme</a> and who bakes what there. '
FOOTER = "<p>Copyright <b>The Bakery</b>, 2026. All rights reserved.<br/><i>Fresh daily.</i></p>"


def fill(pictures):
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    images = [add_image(Path(path)) for path in pictures]
    home = add_home(images)
    add_sections_of_bakerydemo(home, images)
    add_sections_as_ours(home, images)
    models.FooterText.objects.create(body=FOOTER)
    models.Links.objects.create(
        code="https://college.example/code/",
        social="https://college.example/social/",
        organisation="https://college.example/",
    )
    for path in PAGES:
        open_page(path)


def add_image(path):
    with path.open("rb") as file:
        return Image.objects.create(title=path.stem, file=ImageFile(file, name=path.name))


def add_home(images):
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    home = models.HomePage(title="Bakery", slug="home", image=images[0], lead_image=images[1])
    add_texts(home)
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def add_texts(home):
    home.hero_text = SENTENCE
    home.lead_text = write_paragraph(5)
    home.body = [("paragraph", write_paragraph(2) + f"<p>{LINK * 8}<b>Come.</b></p>")]


def write_paragraph(sentences):
    return f"<p>{SENTENCE * sentences}</p>"


def add_sections_of_bakerydemo(home, images):
    breads = add_section(home, models.IndexPage(title="Breads"))
    places = add_section(home, models.IndexPage(title="Places"))
    blog = add_section(home, models.BlogIndexPage(title="Blog"))
    for title in ("Recipes", "Gallery", "Contact us", "About"):
        add_section(home, models.IndexPage(title=title))
    for number, image in enumerate(images[:6]):
        breads.add_child(instance=make_bread(number, image))
        places.add_child(instance=make_place(number, image))
        blog.add_child(instance=make_post(number, image, images))
    home.breads, home.places, home.blog, home.hero_link = breads, places, blog, breads
    home.save()


def add_sections_as_ours(home, images):
    events = add_section(home, models.IndexPage(title="Events"), is_in_menus=False)
    news = add_section(home, models.BlogIndexPage(title="News"), is_in_menus=False)
    for number in range(3):
        events.add_child(instance=make_place(number))
    for number in range(11):
        news.add_child(instance=make_post(number, images[number % len(images)], images))
    news.add_child(instance=make_post(11, None, images))
    page = models.HomePage(title="As ours", breads=events, blog=news, hero_link=news)
    add_texts(page)
    home.add_child(instance=page)


def add_section(home, page, is_in_menus=True):
    page.introduction, page.show_in_menus = SENTENCE, is_in_menus
    return home.add_child(instance=page)


def make_bread(number, image):
    return models.BreadPage(
        title=f"Bread {number}",
        introduction=SENTENCE * 2,
        image=image,
        origin=models.Country.objects.create(title=f"Country {number}"),
        kind=models.BreadType.objects.create(title=f"Type {number}"),
    )


def make_place(number, image=None):
    return models.PlacePage(
        title=f"Place {number}",
        introduction=SENTENCE * 3,
        image=image,
        address="Factory Street 1",
        body=[("paragraph", write_paragraph(18))],
    )


def make_post(number, image, images):
    person = models.Person.objects.create(first_name="Ann", last_name=str(number), image=images[0])
    post = models.BlogPage(
        title=f"Post {number}",
        subtitle=SENTENCE[:30],
        introduction=SENTENCE * 2,
        image=image,
        date_published=datetime.date(2026, 11, 1 + number),
        body=[
            ("paragraph", write_paragraph(8) + write_paragraph(6) + write_paragraph(6)),
            ("picture", make_picture(images[-1])),
            ("paragraph", write_paragraph(8) + write_paragraph(8)),
            ("picture", make_picture(images[-2])),
            ("paragraph", write_paragraph(4)),
        ],
    )
    post.written_by = [models.Authorship(person=person)]
    post.tags.add("bread", f"tag {number}")
    return post


def make_picture(image):
    return {"image": image, "caption": SENTENCE, "attribution": "The Bakery"}


def open_page(path):
    """Stop if it carries other than it should. Its first request makes its renditions."""
    client = Client(SERVER_NAME="localhost")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"Wagtail answered {answer.status_code} to {path}, expected 200.")
    found = Content(answer.content.count(b"<picture"), len(queries.captured_queries))
    if difference := describe_difference(path, found):
        sys.exit(difference)


if __name__ == "__main__":
    fill(sys.argv[1:])
