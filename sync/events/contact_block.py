"""Odoo's own words about who organises an event, at the end of its description.

Odoo writes them into an event made there, in the language of whoever makes it. They
are for readers of Odoo: Google shows organiser and guests itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..html_lines import MAIL, PHONE, Line

#: "Organized by" and "Contact Details", as Odoo's calendar says it in its languages.
_HEADINGS = frozenset(
    text.casefold()
    for text in (
        *("Organized by", "Diatur oleh", "Georganiseerd door", "Järjestäjä"),
        *("Organisiert von", "Organisé par", "Organizado por", "Organizat de"),
        *("Organizováno", "Organizzato da", "Tarafından düzenlenmiştir"),
        *("Tashkillashtiruvchi", "Zorganizowane przez", "Организовано"),
        *("主催者：", "주최자", "Contact Details", "Chi tiết liên hệ"),
        *("Contactgegevens", "Detail-Detail Kontak", "Detalhes do Contacto"),
        *("Detalii Contact", "Detalji o kontaktu", "Detalles de contacto"),
        *("Detalles del contacto", "Detalls del contacte", "Dettagli contatto"),
        *("Détails du contact", "Informações de contato", "Kontak Ayrıntıları"),
        *("Kontakt detaljer", "Kontakt ma'lumotlari", "Kontakt podaci"),
        *("Kontaktdaten", "Kontaktdetaljer", "Kontakti andmed"),
        *("Kontaktní údaje", "Kontakto detalės", "Kontaktuppgifter"),
        *("Partner részletei", "Podrobnosti stika", "Szczegóły kontaktu"),
        *("Yhteystiedot", "Əlaqə Məlumatları", "Λεπτομέρειες Επαφής"),
        *("Данни за контакта", "Деталі контактної особи"),
        *("Контактная информация", "Холбоо барих мэдээлэл", "פרטי איש קשר"),
        *("تفاصيل جهة الاتصال", "جزییات تماس", "संपर्क करने की जानकारी"),
        *("รายละเอียดการติดต่อ", "コンタクトの詳細", "联系人细节", "聯絡人詳情"),
        "연락처 상세 내용",
    )
)


def split(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """(what people wrote, Odoo's words about organiser and contact)."""
    own: list[Line] = []
    block: list[Line] = []
    left = list(lines)
    while left:
        size = _size(left)
        if not size:
            own.append(left.pop(0))
            continue
        while own and not _text(own[-1]):
            own.pop()
        block += [*([Line()] if block else []), *left[:size]]
        left = left[size:]
    return own, block


def _size(lines: Sequence[Line]) -> int:
    """How many lines from the first on are one section of it: 0 where none begins."""
    if not _is_heading(lines[0]):
        return 0
    if not lines[1:] or not _text(lines[1]) or _is_heading(lines[1]):
        return 0
    size = 2
    for kind, pattern in (("mailto:", MAIL), ("tel:", PHONE)):
        if lines[size:] and _is_said(lines[size], kind, pattern):
            size += 1
    return size


def _is_said(line: Line, kind: str, pattern: re.Pattern[str]) -> bool:
    """A mail or phone field: Odoo makes a link of it, whatever people typed there."""
    linked = line.runs and all(run.href.startswith(kind) for run in line.runs)
    return bool(linked or pattern.fullmatch(_text(line)))


def _is_heading(line: Line) -> bool:
    bold = all(run.styles == ("b",) and not run.href for run in line.runs)
    return not line.marker and bold and _text(line).casefold() in _HEADINGS


def _text(line: Line) -> str:
    return "".join(run.text for run in line.runs).strip()
