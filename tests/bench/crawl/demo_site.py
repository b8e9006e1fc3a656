"""The demo site with additional content; files and times are the same in every run."""

import io
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pikepdf
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

MOMENT = datetime(2027, 1, 19, 10, 0, tzinfo=timezone(timedelta(hours=4)))  # after all demo posts


def fill():
    """Create database, static files, demo content and renditions."""
    set_times(settings.BASE_DIR)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)
    complete_demo()
    call_command("work", once=True)
    set_times(settings.STATIC_ROOT)


def complete_demo():
    """Add what the demo lacks: a document, videos, a logo, optional fields of the college."""
    post = apps.get_model("news", "Post").objects.order_by("pk").first()
    apps.get_model("news", "Document").objects.create(
        post=post, title="План работы", file=ContentFile(pdf(), name="plan.pdf")
    )
    for address in ("https://vkvideo.ru/video-1_2", f"https://rutube.ru/video/{'a1' * 16}/"):
        apps.get_model("news", "Video").objects.create(
            post=post, address=address, title="День открытых мастерских"
        )
    partner = apps.get_model("news", "Partner").objects.order_by("pk").first()
    partner.logo = ContentFile(picture(), name="logo.jpg")
    partner.site = "https://partner.example/"
    partner.save()
    college = apps.get_model("college_site", "College").objects.get()
    college.disclosure_url = "https://college.example/sveden/"
    college.privacy_policy_url = "https://college.example/policy/"
    college.working_hours = "Пн–пт 8:00–17:00\nСб 8:00–13:00"
    college.latitude, college.longitude = "52.027800", "47.800700"
    college.save()
    college.links.create(title="Учредитель", url="https://founder.example/")


def set_times(folder):
    """Set the modification time of all files, which becomes Last-Modified."""
    moment = (MOMENT - timedelta(days=1)).timestamp()
    for path in Path(folder).rglob("*"):
        os.utime(path, (moment, moment))


def picture():
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#0a5566").save(file, "JPEG")
    return file.getvalue()


def pdf():
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 100))
        document.save(file)
    return file.getvalue()
