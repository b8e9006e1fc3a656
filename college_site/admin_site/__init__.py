"""The admin site and what all its pages share."""
