"""The guide for staff: chapters of the project and of its apps, read in the admin."""
