"""Strings that break pages: https://github.com/minimaxir/big-list-of-naughty-strings (MIT), and ours."""

import json
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
NAUGHTY: list[str] = json.loads((DATA / "blns.json").read_text(encoding="utf-8"))
#: What that list lacks: our own template language, isolates, tags, long marks, ends of elements.
OURS = [
    "{{ 7 * 7 }}", "{% include 'csrf.html' %}", "{name}", "</td></tr></table><h1>x",
    "</title><script>alert(1)</script>", '" autofocus onfocus="alert(1)', "' onmouseover='alert(1)",
    "javascript:alert(1)", "网\u2066格\u2069员\u202e员格网", "a" + "\u0301" * 60, "\U000e0041\U000e0042",
    "&lt;b&gt;&amp;amp;", "--><!--", "\u2028\u2029\ufeff", "<svg/onload=alert(1)>",
]  # fmt: skip
#: Letters that are more than they seem: marks without end, directions, halves, controls, commands.
HOSTILE = [
    "a" + "\u0301" * 5000, "👨‍👩‍👧‍👦" * 300, "🇨🇳" * 900, "\U000e0067\U000e007f" * 900, "１２３４５６７８９０",
    "网\u200b格\u200c员\u2060", "𝗴𝗿𝗶𝗱 ɡrіd", "\x1b[2J\x1b[31m", "\x9b2J", "a\rb\r\nc\x85d", "\ue000\uf8ff",
    "\ufdd0\uffff\U0010ffff", "前\ud800后\x00完", '{"level": "ERROR"}\n{"level": "CRITICAL"}', "%s %n {0.__class__}",
    '/close_ticket{"ticket_id":"1"}', "／restart", "\u200b/session_start", "EXTERNAL: x", "长" * 4000,
]  # fmt: skip
