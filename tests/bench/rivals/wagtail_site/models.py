"""Pages, snippets and blocks."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


def picture():
    return models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


def section():
    return models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class CaptionedImage(blocks.StructBlock):
    image = ImageBlock()
    caption = blocks.CharBlock()

    class Meta:
        template = "wagtail_site/captioned_image.html"


class Body(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock()
    captioned_image = CaptionedImage()


@register_setting
class SiteTitle(BaseSiteSetting):
    title_suffix = models.CharField(max_length=255, default="The Bakery")


@register_snippet
class FooterText(models.Model):
    body = RichTextField()


@register_snippet
class Person(models.Model):
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    image = picture()


@register_snippet
class Country(models.Model):
    title = models.CharField(max_length=100)

    def __str__(self):
        return self.title


class HomePage(Page):
    image, lead_image = picture(), picture()
    hero_text = models.CharField(max_length=255)
    hero_link = section()
    lead_text = RichTextField()
    body = StreamField(Body())
    breads, locations, blog = section(), section(), section()


class IndexPage(Page):
    introduction = models.TextField()
    image = picture()

    def children(self):
        return self.get_children().specific().live()


class CardPage(Page):
    """A bread or a place."""

    introduction = models.TextField()
    image = picture()
    origin = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class BlogIndexPage(IndexPage):
    def get_context(self, request):
        posts = BlogPage.objects.descendant_of(self).live().order_by("-date_published")
        return {**super().get_context(request), "posts": posts}

    def find_tags(self):
        posts = BlogPage.objects.descendant_of(self).live()
        return sorted({tag for post in posts for tag in post.find_tags()}, key=str)


class BlogPageTag(TaggedItemBase):
    content_object = ParentalKey("BlogPage", related_name="tagged_items", on_delete=models.CASCADE)


class BlogPage(Page):
    introduction = models.TextField()
    image = picture()
    body = StreamField(Body())
    date_published = models.DateField()
    tags = ClusterTaggableManager(through=BlogPageTag)

    def find_tags(self):
        """The tags with their addresses, read as bakerydemo does."""
        tags, base = self.tags.all(), self.get_parent().url
        for tag in tags:
            tag.url = f"{base}tags/{tag.slug}/"
        return tags

    def authors(self):
        return [one.person for one in self.written_by.select_related("person__image")]


class Authorship(Orderable):
    page = ParentalKey(BlogPage, related_name="written_by", on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
