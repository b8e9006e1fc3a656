"""The history of a post: what its versions hold, how they differ, how one is brought back."""
