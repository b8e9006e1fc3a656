"""Pages, snippets, settings and blocks, of the kinds that bakerydemo has."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import DraftStateMixin, Orderable, Page, RevisionMixin
from wagtail.snippets.models import register_snippet


def picture():
    return models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


def section():
    return models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Picture(blocks.StructBlock):
    image = ImageChooserBlock()
    caption = blocks.CharBlock()
    attribution = blocks.CharBlock()

    class Meta:
        template = "wagtail_site/blocks/picture.html"


class Body(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(template="wagtail_site/blocks/paragraph.html")
    picture = Picture()


@register_setting
class SiteTitle(BaseSiteSetting):
    suffix = models.CharField(max_length=255, default="The Bakery")


@register_setting
class Links(ClusterableModel, BaseGenericSetting):
    """Of the footer."""

    code, social, organisation = models.URLField(), models.URLField(), models.URLField()


@register_snippet
class FooterText(DraftStateMixin, RevisionMixin, models.Model):
    body = RichTextField()


@register_snippet
class Person(DraftStateMixin, RevisionMixin, ClusterableModel):
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    image = picture()

    def __str__(self):
        return f"{self.first_name} {self.last_name}"


class Country(models.Model):
    title = models.CharField(max_length=100)

    def __str__(self):
        return self.title


class BreadType(models.Model):
    title = models.CharField(max_length=100)

    def __str__(self):
        return self.title


class HomePage(Page):
    image, lead_image = picture(), picture()
    hero_text = models.CharField(max_length=255)
    hero_link = section()
    lead_text = RichTextField()
    body = StreamField(Body())
    breads, places, blog = section(), section(), section()


class IndexPage(Page):
    introduction = models.TextField()

    def children(self):
        return self.get_children().specific().live()


class BreadPage(Page):
    introduction = models.TextField()
    image = picture()
    body = StreamField(Body(), blank=True)
    origin = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(BreadType, on_delete=models.PROTECT, related_name="+")


class PlacePage(Page):
    introduction = models.TextField()
    image = picture()
    body = StreamField(Body())
    address = models.TextField()


class BlogIndexPage(RoutablePageMixin, Page):
    introduction = models.TextField()

    def children(self):
        return self.get_children().specific().live()

    def find_posts(self):
        return BlogPage.objects.live().descendant_of(self)

    def find_tags(self):
        return sorted({tag for post in self.find_posts() for tag in post.find_tags()})

    def get_context(self, request):
        posts = self.find_posts().order_by("-date_published")
        return {**super().get_context(request), "posts": posts}

    @re_path(r"^tags/([\w-]+)/$", name="tag")
    def show_tag(self, request, slug):
        posts = self.find_posts().filter(tags__slug=slug)
        return self.render(request, context_overrides={"posts": posts, "tag": slug})


class BlogPageTag(TaggedItemBase):
    content_object = ParentalKey("BlogPage", related_name="tagged_items", on_delete=models.CASCADE)


class BlogPage(Page):
    subtitle = models.CharField(max_length=255)
    introduction = models.TextField()
    image = picture()
    body = StreamField(Body())
    date_published = models.DateField()
    tags = ClusterTaggableManager(through=BlogPageTag)

    def find_tags(self):
        """The tags with their addresses; the parent is read for each post, as bakerydemo does."""
        tags, base = self.tags.all(), self.get_parent().url
        for tag in tags:
            tag.url = f"{base}tags/{tag.slug}/"
        return tags

    def find_authors(self):
        relations = self.written_by.filter(person__live=True).select_related("person")
        return [relation.person for relation in relations]


class Authorship(Orderable):
    page = ParentalKey(BlogPage, related_name="written_by", on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
