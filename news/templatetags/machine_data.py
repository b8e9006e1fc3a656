"""What programs read on pages of the news: structured data, the picture for preview_image."""

from django import template
from django.urls import reverse

from college_site import structured_data
from news import preview_image
from news.structured_data import post_markup

register = template.Library()

shared_image = register.simple_tag(preview_image.shared_image, name="shared_image")
college_card = register.simple_tag(preview_image.college_card, name="college_card")


@register.simple_tag(takes_context=True)
def post_data(context, post):
    """The structured data of a post's page."""
    return post_markup(context["request"], post, context["college"])


@register.simple_tag(takes_context=True)
def home_data(context):
    """The structured data of the home page: whose site it is and how to search it."""
    request, college = context["request"], context["college"]
    return structured_data.markup(
        structured_data.website(request, college), structured_data.organization(request, college)
    )


@register.simple_tag(takes_context=True)
def news_data(context):
    """The structured data of a list of posts: the way to it, as its crumbs show it."""
    steps = subject_steps(context) or archive_steps(context["year"], context["month"])
    return structured_data.markup(structured_data.breadcrumbs(context["request"], *steps))


def subject_steps(context):
    """The way to a topic or a partner or to one of its years; None on other pages."""
    for name, title in (("topic", "Темы"), ("partner", "Партнёры")):
        if subject := context.get(name):
            steps = [(title, reverse(f"news:{name}_list"))]
            steps.append((str(subject), subject.get_absolute_url()))
            if year := context["year"]:
                steps.append((year.label, subject.get_year_url(year)))
            return steps
    return None


def archive_steps(year, month):
    """The way to all posts, to those of an academic year or of one of its months."""
    steps = [("Новости", reverse("news:post_list"))]
    if year:
        steps.append((year.label, reverse("news:post_list", args=[year])))
    if month:
        steps.append((month.label, reverse("news:post_list", args=[year, month.number])))
    return steps
