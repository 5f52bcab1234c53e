"""Contacts that hypothesis makes."""

from __future__ import annotations

from hypothesis import strategies as st

from google_sync.sync.contacts.comment import (
    comment_from_google,
)
from google_sync.sync.contacts.values import (
    ContactValues,
)

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    max_size=30,
).map(lambda text: " ".join(text.split()))


comments = st.text(max_size=80).map(comment_from_google)


values = st.builds(
    ContactValues,
    **dict.fromkeys(
        ("name", "phone", "mobile", "street", "street2", "zip", "city", "state"), texts
    ),
    **dict.fromkeys(("country", "company", "function", "photo"), texts),
    emails=st.lists(texts.filter(bool), max_size=12).map(tuple),
    country_code=st.sampled_from(["", "FR", "JP"]),
    comment=comments,
    extra=st.dictionaries(st.sampled_from(["website", "x"]), texts, max_size=2),
)
