"""Template tags for metadata of the news: structured data and preview images."""

from django import template

from college_site.pages import structured_data
from news.feeds.structured_data import post_markup
from news.photos import social_images

register = template.Library()

shared_image = register.simple_tag(social_images.shared_image, name="shared_image")
college_card = register.simple_tag(social_images.college_card, name="college_card")


@register.simple_tag(takes_context=True)
def post_data(context, post):
    """The structured data of a post's page."""
    return post_markup(post, context["college"])


@register.simple_tag(takes_context=True)
def home_data(context):
    """The structured data of the home page: the organisation and the site's search."""
    college = context["college"]
    return structured_data.markup(
        structured_data.website(college), structured_data.organization(college)
    )
