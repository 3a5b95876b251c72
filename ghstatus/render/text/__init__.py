"""How things are said: languages, words, times, and Markdown on its way to HTML or to plain text."""
