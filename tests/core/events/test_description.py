"""Descriptions compare equal however each side rewrites them."""

import pytest
from hypothesis import given
from strategies import markup

from google_sync.sync.events.description import (
    MAX_LENGTH,
    description_from_google,
    description_from_odoo,
    description_to_google,
    description_to_odoo,
    is_cut,
)


@given(markup)
def test_canonical_text_is_a_fixed_point(text):
    for canonical in (description_from_odoo(text), description_from_google(text)):
        assert description_from_google(canonical) == canonical


@given(markup)
def test_what_odoo_is_given_reads_back_the_same(text):
    canonical = description_from_google(text)
    assert description_from_odoo(description_to_odoo(canonical)) == canonical


@given(markup)
def test_what_google_is_given_reads_back_the_same(text):
    canonical = description_from_odoo(text)
    assert description_from_google(description_to_google(canonical)) == canonical


@pytest.mark.parametrize(
    ("odoo", "google"),
    [
        ("<p>Bonjour</p><p>Paul</p>", "Bonjour\nPaul"),
        ("<p>Bonjour</p><p><br></p><p>Paul</p>", "Bonjour\n\nPaul"),
        ("<span>Bonjour</span>", "Bonjour"),
        ("<p>a<br>b</p>", "a<br>b"),
        ("<p>a &amp; b</p>", "a &amp; b"),
        ("<p>a &amp; b</p>", "a & b"),
        ("<p>a&nbsp;b</p>", "a b"),
        ("<p><strong>gras</strong></p>", "<b>gras</b>"),
        (
            '<p><a href="https://x.org/p">ici</a></p>',
            '<a href="https://www.google.com/url?q=https://x.org/p&amp;sa=D" '
            'target="_blank">ici</a>',
        ),
        (
            "<p>voir https://x.org</p>",
            'voir <a href="https://x.org/" id="ow1">https://x.org</a>',
        ),
        ("<p>a</p><ul><li>b</li><li>c</li></ul>", "a<br><ul><li>b</li><li>c</li></ul>"),
        ("<p><br></p>", ""),
        (False, None),
    ],
)
def test_same_text_in_both_dialects(odoo, google):
    assert description_from_odoo(odoo) == description_from_google(google)


def test_plain_text_goes_to_google_without_markup():
    canonical = description_from_odoo("<p>R&amp;D : a &lt; b</p><p>fin</p>")
    assert description_to_google(canonical) == "R&D : a < b\nfin"


def test_literal_markup_is_escaped():
    canonical = description_from_odoo("<p>&lt;b&gt; et &amp;amp;</p>")
    assert description_to_google(canonical) == "&lt;b> et &amp;amp;"


def test_formatting_reaches_google_as_html():
    canonical = description_from_odoo("<p><em>un</em></p><p>deux</p>")
    assert description_to_google(canonical) == "<i>un</i><br>deux"


@pytest.mark.parametrize("text", ["x" * 9000, "<p><b>y</b></p>" * 3000])
def test_too_long_a_text_is_cut_and_says_so(text):
    canonical = description_from_odoo(text)
    assert is_cut(canonical)
    assert 0 < len(description_to_google(canonical)) <= MAX_LENGTH


def test_scripts_never_survive():
    assert "alert" not in description_from_google("<script>alert(1)</script>ok")
