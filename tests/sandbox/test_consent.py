"""The consent page: what is checked, shown, and sent back."""

import pytest
from conftest import CALLBACK, MARIE, PAUL, PREFIX, callback, consent_query

PAGE = "/o/oauth2/v2/auth"


def ask(http, **changes):
    return http.get(PAGE, query_string=consent_query(**changes))


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"redirect_uri": CALLBACK + "/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": CALLBACK + "?a=1"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": CALLBACK.upper()}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "urn:ietf:wg:oauth:2.0:oob"}, 400, "invalid_request"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"response_type": None}, 400, "invalid_request"),
        ({"scope": None}, 400, "invalid_request"),
        ({"access_type": "forever"}, 400, "invalid_request"),
        ({"prompt": "none consent"}, 400, "invalid_request"),
        ({"code_challenge": "short"}, 400, "invalid_request"),
        ({"code_challenge": "a" * 43, "code_challenge_method": "S1"}, 400, "invalid"),
    ],
)
def test_wrong_request_ends_on_googles_page(http, changes, status, error):
    answer = ask(http, **changes)
    assert answer.status_code == status
    assert error in answer.text
    assert "Location" not in answer.headers


def test_page_refuses_framing_and_shows_a_box_per_scope(http):
    answer = ask(http)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.text.count('name="scope"') == 2
    assert MARIE in answer.text


def test_old_address_of_the_page(http):
    answer = http.get("/o/oauth2/auth", query_string=consent_query())
    assert 'name="decision"' in answer.text


def test_single_scope_has_no_box(http):
    answer = ask(http, scope=f"openid email {PREFIX}calendar")
    assert 'name="scope"' not in answer.text


def test_chooser_lists_accounts_unless_hinted(http):
    page = ask(http, login_hint=None).text
    assert MARIE in page
    assert PAUL in page
    assert 'name="decision"' not in page
    assert 'name="decision"' in ask(http).text
    assert PAUL in ask(http, prompt="select_account consent").text


def allow(http, world, scopes, **changes):
    return http.post(
        PAGE,
        query_string=consent_query(**changes),
        data={
            "account": world.account(MARIE).sub,
            "decision": "allow",
            "scope": scopes,
        },
    )


def test_ticked_scopes_are_granted_and_state_comes_back(http, world):
    back = callback(allow(http, world, [f"{PREFIX}contacts"]))
    assert back["state"] == "s t/8"
    assert back["code"]
    assert set(back["scope"].split()) == {
        "openid",
        f"{PREFIX}userinfo.email",
        f"{PREFIX}contacts",
    }


def test_cancel_brings_access_denied(http, world):
    answer = http.post(PAGE, query_string=consent_query(), data={"decision": "cancel"})
    assert callback(answer) == {
        "error": "access_denied",
        "state": "s t/8",
        "iss": "https://accounts.google.com",
    }


def test_unknown_scope_comes_back_as_error(http):
    assert callback(ask(http, scope=f"{PREFIX}tasks"))["error"] == "invalid_scope"


def test_auto_consent_honours_what_the_person_ticks(http, world):
    account = world.account(MARIE)
    account.auto_consent = True
    account.grants_only = {f"{PREFIX}calendar.events"}
    granted = callback(ask(http))["scope"].split()
    assert f"{PREFIX}calendar.events" in granted
    assert f"{PREFIX}contacts" not in granted


def test_auto_consent_of_the_world_and_a_refusing_person(http, world):
    world.auto_consent = True
    assert "code" in callback(ask(http, login_hint=None))
    world.account(MARIE).refuses = True
    assert callback(ask(http))["error"] == "access_denied"


def test_known_consent_needs_no_page_unless_asked(http, world):
    allow(http, world, [f"{PREFIX}contacts", f"{PREFIX}calendar.events"])
    assert "code" in callback(ask(http))
    assert ask(http, prompt="consent").status_code == 200


def test_prompt_none_without_consent(http):
    assert callback(ask(http, prompt="none"))["error"] == "interaction_required"


def test_testing_client_shows_strangers_a_403_page(http, world):
    client = world.clients["web"]
    client.testing = True
    world.auto_consent = True
    answer = ask(http)
    assert answer.status_code == 403
    assert "access_denied" in answer.text
    assert "Location" not in answer.headers
    client.test_users.add(MARIE)
    assert "code" in callback(ask(http))


@pytest.mark.parametrize(
    ("uri", "allowed"),
    [
        ("http://localhost:1", True),
        ("http://127.0.0.1:54321/any/path", True),
        ("http://192.168.1.5:80/", False),
        ("https://localhost:1/", False),
        (CALLBACK, False),
    ],
)
def test_desktop_client_takes_any_loopback(http, world, uri, allowed):
    world.add_client("desk", "s", kind="installed")
    answer = ask(http, client_id="desk", redirect_uri=uri)
    assert answer.status_code == (200 if allowed else 400)


@pytest.mark.parametrize(
    "uri",
    [
        "http://odoo.example.com/cb",
        "https://192.168.1.20/cb",
        "https://odoo.local/cb",
        "https://odoo/cb",
        "https://odoo.example.com/cb#x",
        "https://*.example.com/cb",
        "https://odoo.example.com/../cb",
    ],
)
def test_console_refuses_redirect_uri(world, uri):
    with pytest.raises(ValueError, match="redirect URI"):
        world.add_client("x", "s", redirect_uris=[uri])
