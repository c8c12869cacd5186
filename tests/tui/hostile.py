"""Text that people or programs have put into records, and that broke other terminal apps."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = (
    "[/foo]",
    "[Draft] plan",
    "[@click=app.quit]x",
    "[b]bold[/b] [red",
    "\\[x] \\",
    "$name [link='https://example.org']x[/link]",
    "\x1b[31mred\x1b]0;title\x07",
    "nul\0nul",
    "\x9b2J",
    "carriage\rreturn\nline\u2028break",
    "abc\u202etxt.exe",
    "👨\u200d👩\u200d👧 日本語 ☎\ufe0f",
    "\u0301\u0301\u0301 e\u0301 Z" + "\u0335" * 40,
    "שלום عربي",
    "\ud800",
    "x" * 100_000,
    "---\nDecision: KS 2026-01-01 § 1",
)
