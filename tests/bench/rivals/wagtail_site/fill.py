"""Fills the site: `python -m wagtail_site.fill PICTURE…`; then each page is opened once."""

import datetime
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wagtail_site.settings")
django.setup()

from django.core.files.images import ImageFile  # noqa: E402 - needs the setup above, as all below
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from wagtail_site import models  # noqa: E402

SENTENCE = "The third year has baked four hundred loaves for the fair on the square. "
PARAGRAPH = f"<p>{SENTENCE * 6}</p>"
PATHS = ("/", "/blog/", "/blog/post-2/")


def fill(pictures):
    call_command("migrate", verbosity=0)
    images = [add_image(Path(path)) for path in pictures]
    home = make_home(images)
    breads = add_section(home, "breads", models.IndexPage(introduction=SENTENCE, image=images[0]))
    places = add_section(home, "places", models.IndexPage(introduction=SENTENCE, image=images[1]))
    blog = add_section(home, "blog", models.BlogIndexPage(introduction=SENTENCE, image=images[2]))
    for number in range(3):  # further pages of the menu
        add_section(home, f"page-{number}", models.IndexPage(introduction=SENTENCE))
    add_cards(breads, images)
    add_cards(places, images)
    add_posts(blog, images)
    home.breads, home.locations, home.blog, home.hero_link = breads, places, blog, breads
    home.save()
    models.FooterText.objects.create(body=PARAGRAPH)
    for path in PATHS:
        answer = Client(SERVER_NAME="localhost").get(path)
        if answer.status_code != 200:
            sys.exit(f"Wagtail answered {answer.status_code} to {path}, expected 200.")


def add_image(path):
    with path.open("rb") as file:
        return Image.objects.create(title=path.stem, file=ImageFile(file, name=path.name))


def make_home(images):
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=models.HomePage(
            title="Bakery",
            slug="home",
            image=images[0],
            lead_image=images[1],
            hero_text=SENTENCE,
            lead_text=PARAGRAPH,
            body=[("paragraph", PARAGRAPH)],
        )
    )
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def add_section(home, slug, page):
    page.title, page.slug, page.show_in_menus = slug.capitalize(), slug, True
    return home.add_child(instance=page)


def add_cards(parent, images):
    origin = models.Country.objects.create(title="France")
    for number in range(6):
        card = models.CardPage(title=f"{parent.title} {number}", slug=f"card-{number}")
        card.introduction, card.image, card.origin = SENTENCE, images[number], origin
        parent.add_child(instance=card)


def add_posts(blog, images):
    people = [
        models.Person.objects.create(first_name="Ann", last_name=str(number), image=image)
        for number, image in enumerate(images[:2])
    ]
    for number in range(6):
        picture = {"image": images[-1 - number], "caption": SENTENCE}
        post = models.BlogPage(
            title=f"Post {number}",
            slug=f"post-{number}",
            introduction=SENTENCE,
            image=images[number],
            date_published=datetime.date(2026, 11, 1 + number),
            body=[
                ("paragraph", PARAGRAPH),
                ("captioned_image", picture),
                ("paragraph", PARAGRAPH),
                ("captioned_image", picture),
            ],
        )
        post.written_by = [models.Authorship(person=person) for person in people]
        post.tags.add("bread", f"tag {number}")
        blog.add_child(instance=post)


if __name__ == "__main__":
    fill(sys.argv[1:])
