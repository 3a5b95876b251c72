"""A small site for tests of the command line."""

CONFIG = "title: Example\ncomponents:\n- {id: copr, name: Copr}\n- {id: old, name: Old, hidden: true}\n"
INCIDENT = (
    "---\ntitle: Builds pending\nseverity: major\ncomponents: [copr]\nstarted: 2026-03-02 08:00\n---\nThey wait.\n"
)
NOW = "2026-03-02T12:00Z"
