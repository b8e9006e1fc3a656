"""How staff are named to each other, and moments told."""

from django.utils import timezone
from django.utils.formats import date_format

NBSP = "\u00a0"


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
