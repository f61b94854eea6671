"""The house rules that no ready-made tool checks: each takes the text of one file and gives what is wrong in it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TypeGuard

ROOT = Path(__file__).resolve().parents[2]

# The two look-behinds let the named groups of regular expressions pass.
TAG = re.compile(r"(?<!\?)(?<!\?P)</?[a-zA-Z][a-zA-Z0-9-]*(?=[\s>/]|$)")
MARKERS = frozenset({"HTML", "Markup", "HTMLMath"})
DRAWERS = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"})
CDN = re.compile(
    r"jsdelivr|unpkg\.com|cdnjs|cloudflare|googleapis|gstatic|fontawesome|font-awesome|bootstrapcdn|jspm\.io"
    r"|esm\.sh|esm\.run|skypack|jquery\.com|typekit|cdn\.",
    re.IGNORECASE,
)
FETCH = re.compile(
    r"""(?:\bsrc\s*=\s*|<link\b[^>]*\bhref\s*=\s*|@import\s+(?:url\()?|url\(\s*|\bfrom\s+|\bimport\s*\(?\s*"""
    r"""|\bfetch\(\s*|new\s+WebSocket\(\s*)["']?((?:https?:|wss?:)?//[^"')\s>]+)""",
    re.IGNORECASE,
)


def html_by_hand(tree: ast.AST) -> Iterator[str]:
    """HTML put together in Python, by f-string, ``+``, ``%`` or ``format``: text gets in unescaped."""
    patterns = {id(one) for node in ast.walk(tree) if _is_pattern(node) for one in node.args}
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr() if id(node) in patterns:
                pass
            case ast.JoinedStr(values=values):
                fixed = "\0".join(str(part.value) for part in values if isinstance(part, ast.Constant))
                if any(isinstance(part, ast.FormattedValue) for part in values) and TAG.search(fixed):
                    yield f"line {node.lineno}: HTML in an f-string; use a template"
            case ast.BinOp(op=ast.Add() | ast.Mod()):
                if any(_tagged(side) for side in (node.left, node.right)):
                    yield f"line {node.lineno}: HTML put together with + or %; use a template"
            case ast.Call(func=ast.Attribute(value=value, attr="format" | "join")) if _tagged(value):
                yield f"line {node.lineno}: HTML put together with format or join; use a template"
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.JoinedStr(), *_]):
                if name in MARKERS:
                    yield f"line {node.lineno}: {name}() of an f-string; use a template"


def _is_pattern(node: ast.AST) -> TypeGuard[ast.Call]:
    """A call of the re module: it reads tags, it does not write them."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return True
    return False


def _tagged(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(TAG.search(node.value))


def font_icons(tree: ast.AST) -> Iterator[str]:
    """``icon=`` of ipywidgets: it needs a font from outside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(word.arg == "icon" for word in node.keywords):
            yield f"line {node.lineno}: icon= needs a font from outside; use an inline SVG"


def outside_addresses(text: str) -> Iterator[str]:
    """Anything a page would fetch from another host."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := CDN.search(line):
            yield f"line {number}: {found.group()} is a host outside; no request leaves the building"
        elif found := FETCH.search(line):
            host = re.sub(r"^(?:https?:|wss?:)?//", "", found.group(1)).split("/")[0].split(":")[0]
            if host not in {"127.0.0.1", "localhost", "www.w3.org"}:
                yield f"line {number}: fetches from {host}; no request leaves the building"


def first_line(tree: ast.Module) -> Iterator[str]:
    """A module says in its first line what it is for."""
    said = ast.get_docstring(tree)
    if not said or len(said.splitlines()[0].split()) < 3:
        yield "line 1: the first line does not say what the module is for"


def drawer(path: PurePosixPath) -> Iterator[str]:
    """A module or folder whose name says nothing."""
    for part in (*path.parent.parts, path.stem):
        if part in DRAWERS:
            yield f"“{part}” says nothing about what is in it"


def sleeping(tree: ast.AST) -> Iterator[str]:
    """A test that waits for a time instead of for something to happen."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="time" | "asyncio" as module), attr="sleep")):
                yield f"line {node.lineno}: {module}.sleep in a test; wait for what should happen"
            case ast.Call(func=ast.Attribute(attr="wait_for_timeout")):
                yield f"line {node.lineno}: wait_for_timeout in a test; wait for what should happen"
            case ast.ImportFrom(module="time" | "asyncio", names=names) if any(one.name == "sleep" for one in names):
                yield f"line {node.lineno}: sleep in a test; wait for what should happen"


def outer_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each module that is imported, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def source(path: Path) -> str:
    """The text of a Python file, or all code cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """The files with these suffixes in folders of the project, as they lie there."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.suffix in suffixes)
    return [path for path in found if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)]
