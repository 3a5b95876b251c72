"""What ghstatus says on issues, as Markdown.

Nothing in it moves with time alone, so a text changes only when a fact does.
"""
