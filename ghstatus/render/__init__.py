"""The board in text: pages for people. The only home of Jinja2."""
