"""Each `sudo()` in the addon says why: who is asked for a right, and where, instead.

The reason is a comment "sudo: ..." in the function before the call, or the function's
docstring, which then says "superuser" or "sudo:".
"""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

FLOORS = ("controllers", "models", "wizards")
REASON = "# sudo:"


def unexplained(root: Path) -> list[str]:
    """A complaint for each function that becomes superuser without a word."""
    paths = (path for floor in FLOORS for path in sorted((root / floor).rglob("*.py")))
    return [
        f"{path.relative_to(root)}:{line}: sudo() without a comment “{REASON} why”"
        for path in paths
        for line in _silent(path.read_text())
    ]


def _silent(source: str) -> list[int]:
    """The lines of calls before which their function gives no reason."""
    given = [line for line, comment in _comments(source) if comment.startswith(REASON)]
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    silent = []
    for call in filter(_is_sudo, ast.walk(tree)):
        around = [f for f in functions if f.lineno <= call.lineno <= f.end_lineno]
        first = max((f.lineno for f in around), default=call.lineno - 3)
        told = any("superuser" in _doc(f) or "sudo:" in _doc(f) for f in around)
        if not told and not any(first <= line <= call.end_lineno for line in given):
            silent.append(call.lineno)
    return sorted(silent)


def _doc(function: ast.FunctionDef) -> str:
    return ast.get_docstring(function) or ""


def _comments(source: str) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]


def _is_sudo(node: ast.AST) -> bool:
    """`x.sudo()`, and not `x.sudo(False)`, which gives the rights back."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sudo"
        and not node.args
    )
