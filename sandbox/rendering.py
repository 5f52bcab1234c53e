"""HTML pages: Jinja templates, in French when the browser asks for it."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from .french import FRENCH

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def environment():
    loader = FileSystemLoader(HERE / "templates")
    return Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def language(headers):
    """``fr`` or ``en``, from Accept-Language."""
    accepted = parse_accept_header(headers.get("Accept-Language", ""), LanguageAccept)
    return accepted.best_match(["en", "fr"], default="en")


def render(template, headers, **values):
    """The page; templates call ``_`` on English text."""
    lang = language(headers)

    def translate(text, **parts):
        text = FRENCH.get(text, text) if lang == "fr" else text
        return text.format(**parts) if parts else text

    page = environment().get_template(template)
    return page.render(_=translate, lang=lang, **values)
