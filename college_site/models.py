"""The college: the only source of its name, contacts and links."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

telephone = RegexValidator(
    r"^\+?[0-9][0-9 ()\-]{4,29}$",
    "Запишите номер цифрами, пробелами, скобками и дефисами: 8 (8453) 44-36-22.",
)


class CollegeManager(models.Manager):
    def current(self, **annotations):
        """The college's row with its `footer_links`, in one query.

        Returns an unsaved, empty College without the `annotations` if there is no row yet.
        """
        title, url = models.F("links__title"), models.F("links__url")
        rows = list(
            self.filter(pk=College.ONLY)
            .annotate(link_title=title, link_url=url, **annotations)
            .order_by("links__order", "links__pk")
        )
        college = rows[0] if rows else College()
        college.footer_links = [
            CollegeLink(title=row.link_title, url=row.link_url) for row in rows if row.link_url
        ]
        return college


class College(models.Model):
    """The single row with the contacts for all pages, emails and machine-readable formats."""

    ONLY = 1

    full_name = models.CharField("полное название", max_length=250)
    name = models.CharField(
        "название на сайте", max_length=100, help_text="Стоит в шапке каждой страницы."
    )
    postal_code = models.CharField(
        "индекс",
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6}\Z", "Индекс состоит из шести цифр.")],
    )
    region = models.CharField("область, край, республика", max_length=100, blank=True)
    city = models.CharField("населённый пункт", max_length=100, blank=True)
    street_address = models.CharField("улица и дом", max_length=200, blank=True)
    phone = models.CharField("телефон", max_length=30, blank=True, validators=[telephone])
    fax = models.CharField(
        "факс",
        max_length=30,
        blank=True,
        validators=[telephone],
        help_text="Если факс на том же номере, повторите номер телефона.",
    )
    phone_note = models.CharField(
        "чей это телефон", max_length=100, blank=True, help_text="Например: приёмная директора."
    )
    email = models.EmailField("электронная почта", blank=True)
    latitude = models.DecimalField(
        "широта",
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Точка входа на карте, например 52,021300.",
    )
    longitude = models.DecimalField(
        "долгота",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    working_hours = models.TextField(
        "часы работы", blank=True, help_text="По одной строке: «Пн–пт 8:00–17:00»."
    )
    disclosure_url = models.URLField(
        "сведения об образовательной организации",
        blank=True,
        help_text="Адрес обязательного раздела /sveden/ (273-ФЗ, статья 29): он встанет в меню.",
    )
    appeal_url = models.URLField(
        "форма обращений по 59-ФЗ",
        blank=True,
        help_text="Адрес формы «Решаем вместе» на Госуслугах: официальное обращение подают там.",
    )
    privacy_policy_url = models.URLField(
        "политика обработки персональных данных",
        blank=True,
        help_text=(
            "Адрес документа на сайте колледжа: ссылка встанет внизу каждой страницы и у формы. "
            "Закон требует её (152-ФЗ, статья 18.1), своей страницы для политики у портала нет."
        ),
    )
    feedback_heading = models.CharField(
        "заголовок блока «Решаем вместе»", max_length=60, default="Решаем вместе"
    )
    feedback_invitation = models.CharField(
        "приглашение написать",
        max_length=250,
        default=(
            "Есть предложения по организации учебного процесса или знаете, как сделать школу лучше?"
        ),
    )

    objects = CollegeManager()

    class Meta:
        verbose_name = "сведения о колледже"
        verbose_name_plural = "сведения о колледже"
        constraints = [
            models.CheckConstraint(
                name="college_single_row",
                condition=Q(pk=1),
                violation_error_message="Сведения о колледже уже есть: измените их.",
            ),
            models.CheckConstraint(
                name="college_map_point_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="Укажите и широту, и долготу или сотрите обе.",
            ),
        ]

    def __str__(self):
        return self.name or "Портал колледжа"

    def save(self, *args, **kwargs):
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    @property
    def address_line(self):
        """The postal address on one line, without empty parts."""
        parts = (self.postal_code, self.region, self.city, self.street_address)
        return ", ".join(part for part in parts if part)

    @property
    def map_url(self):
        """The URL of the college on Yandex Maps, by coordinates or by address; "" without both."""
        if self.latitude is not None:
            query = {"pt": f"{self.longitude},{self.latitude}", "z": 17}
        elif self.address_line:
            query = {"text": self.address_line}
        else:
            return ""
        return f"https://yandex.ru/maps/?{urlencode(query)}"

    @property
    def fax_shares_phone(self):
        """Whether telephone and fax have the same number."""
        return bool(self.phone) and dial_digits(self.phone) == dial_digits(self.fax)

    @property
    def phone_uri(self):
        """The tel: URI in international format."""
        return f"tel:{dial_digits(self.phone)}"

    @property
    def fax_uri(self):
        return f"tel:{dial_digits(self.fax)}"


def dial_digits(number):
    """The number in international format: "8 (8453) 44-36-22" gives "+78453443622"."""
    digits = "".join(filter(str.isdigit, number))
    if len(digits) == 11 and digits.startswith("8"):
        digits = f"7{digits[1:]}"
    return f"+{digits}" if len(digits) == 11 else digits


class CollegeLink(models.Model):
    """A link in the footer, such as the founder or a social network."""

    college = models.ForeignKey(College, models.CASCADE, related_name="links")
    title = models.CharField("текст ссылки", max_length=100)
    url = models.URLField("адрес")
    order = models.PositiveIntegerField("порядок", default=0, db_index=True)

    class Meta:
        verbose_name = "ссылка"
        verbose_name_plural = "ссылки"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class ContentVersion(models.Model):
    """The single row whose token changes with the public pages, see http/conditional_get.py."""

    ONLY = 1

    token = models.CharField(max_length=32)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="content_version_single_row",
                condition=Q(pk=1),
                violation_error_message="Отметка об изменениях одна на весь сайт.",
            )
        ]


class Heartbeat(models.Model):
    """When the worker of a machine last reported, see status/heartbeats.py."""

    host = models.CharField(primary_key=True, max_length=255)
    seen_at = models.DateTimeField()


class BackupRun(models.Model):
    """A backup, or a trial of restoring one, that ended; `problem` is "" if it succeeded."""

    class Kind(models.TextChoices):
        BACKUP = "backup", "резервная копия"
        DRILL = "drill", "проверка копии"

    kind = models.CharField(max_length=6, choices=Kind)
    finished_at = models.DateTimeField(db_index=True)
    archive = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    problem = models.CharField(max_length=500, blank=True)


class KeeperLetter(models.Model):
    """A letter of the outbox about one thing that is wrong, see status/letters.py."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="keeper_letters"
    )
    thing = models.CharField(max_length=100)
    day = models.DateField()
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="keeper_letter_once_a_day",
                fields=["recipient", "thing", "day"],
                violation_error_message="Об этом сегодня уже написано.",
            )
        ]
