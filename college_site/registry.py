"""What an app offers to the whole site; it registers that in its AppConfig.ready().

So the project names no module of an app, and the apps do not know each other.
"""

from dataclasses import dataclass, field


@dataclass
class Registry:
    """Functions and URL names, in the order in which the apps are installed.

    `periodic_jobs`: functions for the worker, each does one due piece of work and says whether
    there was one. `search_indexes`: functions by app label that rebuild an index and yield how
    many texts they have done. `sitemaps`: functions that give the paths of an app's sitemaps.
    `pages`: URL names of pages that stand by themselves, for the sitemap. `robots_rules`: pairs
    of "Allow" or "Disallow" and a URL name.
    """

    periodic_jobs: list = field(default_factory=list)
    search_indexes: dict = field(default_factory=dict)
    sitemaps: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    robots_rules: list = field(default_factory=list)


registry = Registry()
