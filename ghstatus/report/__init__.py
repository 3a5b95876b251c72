"""Verdicts in words: for authors of pull requests, for terminals, for programs."""

from ghstatus.report.headline import title
from ghstatus.report.setting import PLAIN, Setting
from ghstatus.report.terminal import facts, lines, verdict_facts
from ghstatus.report.text import comment, excuse, summary

__all__ = ["PLAIN", "Setting", "comment", "excuse", "facts", "lines", "summary", "title", "verdict_facts"]
