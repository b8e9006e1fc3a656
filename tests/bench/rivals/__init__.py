"""Compares our pages with Wagtail, bare WSGI and nginx, our photographs with vipsthumbnail."""
