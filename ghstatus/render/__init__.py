"""A board in text, for people and for programs. The only home of Jinja2."""
