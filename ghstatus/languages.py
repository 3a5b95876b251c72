"""The languages that pages may be in, by the tag that a configuration and a browser have for each."""

from __future__ import annotations

LANGUAGES = {
    "ar": "العربية",
    "cs": "čeština",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fr": "français",
    "he": "עברית",
    "it": "italiano",
    "ja": "日本語",
    "nl": "Nederlands",
    "pl": "polski",
    "pt-BR": "português (Brasil)",
    "uk": "українська",
    "zh-CN": "简体中文",
}
"""Each with its own name for itself. Except for English there is a catalogue of each in `locale/`."""
