"""A scratch site with demo content, accounts named after their roles, and files to send it."""

from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from tests.scratch_site import PASSWORD, ROOT, serve_scratch_site

PHOTOGRAPHS = [
    "roundtable",
    "roundtable_hall",
    "roundtable_notes",
    "roundtable_workshop",
    "welding",
]
ADDRESS = "https://college.example"  # in links that the pictures show
ACCOUNTS = f"""
from datetime import timedelta
from django.contrib.auth.models import Group, User
from django.utils import timezone
from news.models import Post, Topic

users = {{}}
for name in ("Автор", "Редактор", "Хранитель"):
    users[name] = User.objects.create_user(name, password="{PASSWORD}", is_staff=True)
    users[name].groups.set(Group.objects.filter(name=name))
User.objects.create_superuser("Сотрудник", password="{PASSWORD}")
topic = Topic.objects.first()

def create(title, author, **fields):
    return Post.objects.create(title=title, author=users[author], topic=topic, **fields)

create("Экскурсия на электростанцию", "Автор", lead="Второй курс увидел турбину.")
create("День донора", "Автор").submit("Проверьте, пожалуйста, фамилию врача.")
create("Турнир по волейболу", "Автор").submit()
create("Неделя специальности", "Редактор", lead="Пять дней открытых занятий.")
ahead = timezone.now() + timedelta(days=3)
create("Расписание консультаций", "Редактор", kind="notice", published_at=ahead)
"""


@contextmanager
def serve(folder):
    """The address of the site while it is served from the folder."""
    accounts = ["shell", "--no-imports", "-c", ACCOUNTS]
    with serve_scratch_site(folder, accounts, SITE_URL=ADDRESS) as (address, _):
        yield address


def make_photographs(folder):
    """The paths of JPEG files as a telephone has them, made of demo pictures."""
    paths = []
    for number, name in enumerate(PHOTOGRAPHS, start=2041):
        path = Path(folder, f"IMG_{number}.jpg")
        with Image.open(ROOT / "news" / "demo" / "pictures" / f"{name}.avif") as picture:
            picture.convert("RGB").save(path, "JPEG", quality=88)
        paths.append(path)
    return paths
