"""How staff are named to each other, and moments told."""

from django.utils import timezone
from django.utils.formats import date_format

from college_site.russian.time_zones import name_zone

NBSP = "\u00a0"
ON_WEEKDAY = (
    "в понедельник",
    "во вторник",
    "в среду",
    "в четверг",
    "в пятницу",
    "в субботу",
    "в воскресенье",
)


def short_name(user):
    """«Иванова И. И.», or the user name of an account without a name."""
    if not user.last_name:
        return user.get_username()
    initials = [f"{name[0]}." for name in user.first_name.split()]
    return NBSP.join([user.last_name, *initials])


def tell_moment(moment):
    """«29 ноября в 14:05» of an aware datetime; the year, too, if it is another one."""
    local = timezone.localtime(moment)
    pattern = "j E" if local.year == timezone.localdate().year else "j E Y"
    return f"{date_format(local, pattern)} в {local:%H:%M}".replace(" ", NBSP)


def tell_day_and_moment(moment):
    """«в понедельник, 30 ноября, в 9:00 (Саратов)»; the year, too, if it is another one."""
    local = timezone.localtime(moment)
    day = date_format(local, "j E")
    if local.year != timezone.localdate().year:
        day += f" {local.year} года"
    weekday = ON_WEEKDAY[local.weekday()].replace(" ", NBSP)
    return f"{weekday}, {day.replace(' ', NBSP)}, в{NBSP}{local.hour}:{local:%M} ({name_zone()})"
