"""The states of a post, what leads from one to another, and who may see and change it."""
