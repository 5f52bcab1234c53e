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
    names_organiser,
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


# -- Odoo's words about the organiser ------------------------------------------

BLOCK = (
    "<strong>Organisé par</strong><br/>Ada<br/>"
    "<a href='mailto:ada@x.org'>ada@x.org</a><br/><a href='tel:+331'>+33 1 02 03</a>"
)
CONTACT = (
    "<strong>Détails du contact</strong><br/>Bob<br/>"
    "<a href='mailto:b@x.org'>b@x.org</a>"
)


def made_by_odoo(text, *parts):
    """As Odoo puts them together when an event is made."""
    words = "<br/><br/>".join(parts)
    return f"<div>{text}<br/>{words}</div>" if text else f"<div>{words}</div>"


@pytest.mark.parametrize("parts", [(BLOCK,), (CONTACT,), (BLOCK, CONTACT)])
@pytest.mark.parametrize("text", ["", "<p>Ordre du jour</p>", "<p>a</p><p>b</p>"])
def test_odoos_words_about_people_stay_in_odoo(text, parts):
    html = made_by_odoo(text, *parts)
    said = description_from_odoo(html)
    assert said == description_from_odoo(text)
    other = description_from_google("Autre")
    kept = description_to_odoo(other, html)
    assert description_from_odoo(kept) == other
    assert "Ada" in kept or "Bob" in kept
    assert description_to_odoo(other, kept) == kept, "not once more each time"
    assert description_to_odoo("", description_to_odoo("", html)).count("<b>") == len(
        parts
    )


def test_they_go_wherever_a_person_wrote_on():
    html = f"<div>a<br/>{BLOCK}<br/>b</div>"
    assert description_from_odoo(html) == "a\nb"
    twice = f"<div>a<br/>{BLOCK}<br/>{BLOCK}</div>"
    assert description_from_odoo(twice) == "a"


@pytest.mark.parametrize(
    "text",
    [
        "Organisé par\nAda",
        "<b>Organisé par nous</b>\nAda",
        "<b>Organisé par</b>",
        "<b>Organisé par</b>\n\nAda",
        "<b>Points</b>\nAda\nada@x.org",
    ],
)
def test_what_a_person_wrote_like_them_stays(text):
    assert description_from_google(text, ours=True) == text
    assert description_from_odoo(description_to_odoo(text)) == text


def test_googles_side_loses_them_where_we_sent_them():
    sent = description_to_google(
        description_from_odoo(made_by_odoo("a", BLOCK), whole=True)
    )
    assert description_from_google(sent, ours=True) == "a"
    assert "Ada" in description_from_google(sent), "another company's Odoo wrote it"
    assert names_organiser(description_from_google(sent))
    assert not names_organiser("a\nAda\nada@x.org")


def test_another_companys_words_are_not_doubled():
    theirs = description_from_odoo(made_by_odoo("a", BLOCK), whole=True)
    html = description_to_odoo(theirs)
    changed = theirs.replace("a\n", "b\n", 1)
    again = description_to_odoo(changed, html)
    assert again.count("Ada") == 1
    assert description_from_odoo(again, whole=True) == changed


@pytest.mark.parametrize(
    "mail", ["tbd", "paul@", "Paul Durand paul@x.fr", "a@x.fr / b@x.fr", "tom@x.fr"]
)
@pytest.mark.parametrize("phone", ["", "demander", "01 02 03 04 05 (bureau)", "4711"])
def test_odoos_words_about_a_contact_whatever_people_typed(mail, phone):
    """They stay in Odoo, and are read again as what they are."""
    said = f"<br><a href='tel:{phone}'>{phone}</a>" if phone else ""
    words = (
        "<strong>Organized by</strong><br>Ada<br>"
        "<a href='mailto:ada@x.fr'>ada@x.fr</a><br><br>"
        "<strong>Contact Details</strong><br>Tom<br>"
        f"<a href='mailto:{mail}'>{mail}</a>{said}"
    )
    assert description_from_odoo(words) == ""
    assert description_from_odoo(f"<p>Ordre</p>{words}") == "Ordre"
    after = description_to_odoo("Autre", words)
    assert mail in after
    assert phone in after
    assert description_from_odoo(after) == "Autre"
    assert description_from_odoo(description_to_odoo("Neuf", after)) == "Neuf"
