"""Fills an empty database with the college's contacts and the demo content of all apps."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from college_site.models import College

COLLEGE = {
    "full_name": "Балаковский политехнический техникум",
    "name": "Балаковский политехнический техникум",
    "postal_code": "413857",
    "region": "Саратовская обл.",
    "city": "г. Балаково",
    "street_address": "ул. Факел Социализма, д. 27",
    "phone": "8 (8453) 44-36-22",
    "fax": "8 (8453) 44-36-22",
    "phone_note": "приёмная директора",
    "email": "balakovopolytech@mail.ru",
    "appeal_url": "https://pos.gosuslugi.ru/landing/",
}


class Command(BaseCommand):
    help = "Adds demo content; existing content is not changed."

    def handle(self, *args, **options):
        if College.objects.exists():
            self.stdout.write("College: its row is filled in already, nothing changed.")
        else:
            College.objects.create(**COLLEGE)
            self.stdout.write("College: contacts added.")
        call_command("demo_news", stdout=self.stdout)
        call_command("demo_feedback", stdout=self.stdout)
