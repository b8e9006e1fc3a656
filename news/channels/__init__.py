"""One post for every channel: texts and photographs for social networks and messengers."""
