"""Registry of what the apps provide to the project; they register it in AppConfig.ready().

So the project imports no module of an app.
"""

from dataclasses import dataclass, field


@dataclass
class Registry:
    """Functions and URL names, in the order of INSTALLED_APPS.

    - `periodic_jobs`: functions for the worker; each processes one due row and returns whether
      there was one.
    - `search_indexes`: {name: function}; it rebuilds an index and yields the number of texts
      indexed so far.
    - `sitemaps`: functions that return the URL paths of an app's sitemaps.
    - `pages`: URL names, without arguments, of pages for the sitemap.
    - `robots_rules`: pairs of "Allow" or "Disallow" and a URL name.
    - `home_panels`: pairs of a template and a function that returns its `panel`, or None while
      there is nothing to show; they stand beside the home page's invitation to suggestions.
    - `home_moments`: functions that return a queryset of one datetime: when the home page last
      changed although no row was saved.
    - `next_moments`: functions that return a future datetime at which public pages change although
      no row is saved, or None.
    - `desk_panels`: functions of a request that return the Panels of the admin's start page.
    - `guide_chapters`: Chapters of the guide for staff in the admin.
    - `weekly_lines`: functions that return lines for the weekly digest of the answer desk, or "".
    - `status_facts`: functions that return Facts for the admin's page «Состояние сайта».
    - `derived_files`: functions of a database alias that yield the storage names of files that
      belong to a row without a FileField, such as renditions.
    - `gauges`: {name: (description, function)} of what /metrics tells; None is left out.
    """

    periodic_jobs: list = field(default_factory=list)
    search_indexes: dict = field(default_factory=dict)
    sitemaps: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    robots_rules: list = field(default_factory=list)
    home_panels: list = field(default_factory=list)
    home_moments: list = field(default_factory=list)
    next_moments: list = field(default_factory=list)
    desk_panels: list = field(default_factory=list)
    guide_chapters: list = field(default_factory=list)
    weekly_lines: list = field(default_factory=list)
    status_facts: list = field(default_factory=list)
    derived_files: list = field(default_factory=list)
    gauges: dict = field(default_factory=dict)


registry = Registry()
