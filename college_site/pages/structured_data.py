"""Structured data of the college and its pages: schema.org as JSON-LD.

Objects are dicts; empty properties are left out of the markup.
"""

import json

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from college_site.pages.absolute_urls import absolute_url, fixed_path

# Characters that could end the script element or start a comment in HTML.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def markup(*objects):
    """A <script> element of type application/ld+json with the objects as a graph."""
    graph = {"@context": "https://schema.org", "@graph": [drop_empty(entry) for entry in objects]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def drop_empty(value):
    """The value without empty properties, recursively."""
    if isinstance(value, dict):
        return {
            key: drop_empty(part) for key, part in value.items() if part not in (None, "", [], {})
        }
    return [drop_empty(part) for part in value] if isinstance(value, list) else value


def organization(college):
    """The college; the other objects refer to it by its @id."""
    return {
        "@type": "EducationalOrganization",
        "@id": organization_id(),
        "name": college.full_name or str(college),
        "alternateName": college.name if college.name != college.full_name else "",
        "url": home_url(),
        "logo": image_object(static("img/icon-512.png"), 512, 512),
        "address": address(college),
        "telephone": college.phone and college.phone_uri.removeprefix("tel:"),
        "faxNumber": college.fax and college.fax_uri.removeprefix("tel:"),
        "email": college.email,
        "geo": map_point(college),
        "hasMap": college.map_url,
        "sameAs": [link.url for link in college.footer_links],
    }


def organization_id():
    return home_url() + "#college"


def home_url():
    return absolute_url(fixed_path(settings.HOME_PAGE))


def address(college):
    """The postal address, or None if all its parts are empty."""
    parts = {
        "postalCode": college.postal_code,
        "addressRegion": college.region,
        "addressLocality": college.city,
        "streetAddress": college.street_address,
    }
    if not any(parts.values()):
        return None
    return {"@type": "PostalAddress", **parts, "addressCountry": "RU"}


def map_point(college):
    """The coordinates, or None."""
    if college.latitude is None:
        return None
    latitude, longitude = float(college.latitude), float(college.longitude)
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def website(college):
    """The site, with the URL of its search."""
    home, search = home_url(), absolute_url(fixed_path(settings.SEARCH_PAGE))
    return {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": str(college),
        "url": home,
        "inLanguage": "ru",
        "publisher": {"@id": organization_id()},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{search}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(*steps):
    """The breadcrumbs from the home page; `steps` are pairs of name and path."""
    places = [("Главная", fixed_path(settings.HOME_PAGE)), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute_url(path),
            }
            for position, (name, path) in enumerate(places, start=1)
        ],
    }


def image_object(path, width, height, **properties):
    """A picture by its URL path and its size in pixels."""
    url = absolute_url(path)
    return {
        "@type": "ImageObject",
        "url": url,
        "contentUrl": url,
        "width": width,
        "height": height,
        **properties,
    }
