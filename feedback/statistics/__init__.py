"""How the college answers, in numbers and charts."""
