"""The token endpoint, revocation and user info."""

import base64
import hashlib
import json

import pytest
from conftest import CALLBACK, MARIE, PREFIX, callback, consent_query

VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .decode()
    .rstrip("=")
)


@pytest.fixture(autouse=True)
def _consenting(world):
    world.auto_consent = True


def code(http, **changes):
    page = http.get("/o/oauth2/v2/auth", query_string=consent_query(**changes))
    return callback(page)["code"]


def token(http, **form):
    form = {"client_id": "web", "client_secret": "secret", **form}
    form = {key: value for key, value in form.items() if value is not None}
    answer = http.post("/token", data=form)
    return answer.status_code, answer.get_json()


def exchange(http, code_, **form):
    return token(
        http,
        **{
            "grant_type": "authorization_code",
            "code": code_,
            "redirect_uri": CALLBACK,
            **form,
        },
    )


def refresh(http, refresh_token, **form):
    return token(http, grant_type="refresh_token", refresh_token=refresh_token, **form)


def connect(http, **changes):
    status, body = exchange(http, code(http, **changes))
    assert status == 200, body
    return body


def test_first_exchange_brings_everything(http, world):
    body = connect(http)
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 3599
    assert body["refresh_token"]
    assert f"{PREFIX}userinfo.email" in body["scope"].split()
    claims = body["id_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert claims["sub"] == world.account(MARIE).sub
    assert claims["email"] == MARIE
    assert claims["aud"] == "web"
    assert claims["iss"] == "https://accounts.google.com"


def test_no_refresh_token_online_nor_at_a_second_consent(http):
    assert "refresh_token" not in connect(http, access_type="online")
    assert "refresh_token" not in connect(http)
    assert "refresh_token" in connect(http, prompt="consent")


def test_no_id_token_without_openid(http):
    assert "id_token" not in connect(http, scope=f"{PREFIX}calendar")


def test_code_works_once_and_for_ten_minutes(http, world):
    used = code(http)
    assert exchange(http, used)[0] == 200
    assert exchange(http, used)[1]["error"] == "invalid_grant"
    late = code(http)
    world.clock.advance(601)
    assert exchange(http, late)[1]["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"redirect_uri": CALLBACK + "x"}, 400, "invalid_grant"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"code": "4/nothing"}, 400, "invalid_grant"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": None}, 400, "invalid_request"),
        ({"client_id": "unknown"}, 401, "invalid_client"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"code_verifier": VERIFIER}, 400, "invalid_grant"),
    ],
)
def test_wrong_exchange(http, form, status, error):
    assert exchange(http, code(http), **form)[1]["error"] == error
    assert exchange(http, code(http), **form)[0] == status


def test_verifier_is_demanded_and_compared(http):
    pkce = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    for verifier in (None, "w" * 64, VERIFIER[:42]):
        answer = exchange(http, code(http, **pkce), code_verifier=verifier)
        assert answer[1]["error"] == "invalid_grant"
    assert exchange(http, code(http, **pkce), code_verifier=VERIFIER)[0] == 200


def test_only_forms_are_read(http):
    answer = http.post("/token", json={"grant_type": "refresh_token"})
    assert answer.status_code == 400
    assert answer.get_json()["error"] == "invalid_request"


def test_refresh_gives_an_access_token_only(http):
    body = connect(http)
    status, fresh = refresh(http, body["refresh_token"])
    assert status == 200
    assert "refresh_token" not in fresh
    assert fresh["access_token"] != body["access_token"]
    assert fresh["scope"] == body["scope"]


def test_refresh_may_narrow_scopes_only(http):
    held = connect(http)["refresh_token"]
    wanted = f"{PREFIX}calendar.events"
    assert refresh(http, held, scope=wanted)[1]["scope"] == wanted
    assert refresh(http, held, scope=f"{PREFIX}calendar")[1]["error"] == "invalid_scope"


def test_refresh_token_of_another_client(http, world):
    held = connect(http)["refresh_token"]
    world.add_client("second", "s2")
    answer = refresh(http, held, client_id="second", client_secret="s2")
    assert answer[1]["error"] == "unauthorized_client"


def test_testing_client_loses_its_token_after_seven_days(http, world):
    world.clock.freeze()
    world.clients["web"].testing = True
    world.clients["web"].test_users.add(MARIE)
    body = connect(http)
    assert body["refresh_token_expires_in"] == 7 * 86400
    world.clock.advance(7 * 86400 - 60)
    assert refresh(http, body["refresh_token"])[0] == 200
    world.clock.advance(61)
    assert refresh(http, body["refresh_token"])[1]["error"] == "invalid_grant"


def test_unused_for_six_months(http, world):
    held = connect(http)["refresh_token"]
    world.clock.advance(181 * 86400)
    assert refresh(http, held)[1]["error"] == "invalid_grant"


def test_101st_refresh_token_kills_the_oldest(http, world):
    first = connect(http)["refresh_token"]
    client, sub = world.clients["web"], world.account(MARIE).sub
    for _ in range(99):
        world.oauth.issue_refresh(client, sub, [])
    assert refresh(http, first)[0] == 200
    world.oauth.issue_refresh(client, sub, [])
    assert refresh(http, first)[1]["error"] == "invalid_grant"


def test_revoking_an_access_token_ends_the_whole_grant(http, google):
    body = connect(http)
    answer = http.post("/revoke", data={"token": body["access_token"]})
    assert answer.status_code == 200
    assert refresh(http, body["refresh_token"])[1]["error"] == "invalid_grant"
    assert google.get()[0] == 401  # another token of the same grant
    again = http.post("/revoke", data={"token": body["access_token"]})
    assert (again.status_code, again.get_json()["error"]) == (400, "invalid_token")
    assert "refresh_token" in connect(http), "a first consent again"


def test_granted_scopes_are_combined_when_asked(http):
    connect(http, scope=f"openid {PREFIX}calendar.events")
    both = connect(
        http, scope=f"openid {PREFIX}contacts", include_granted_scopes="true"
    )
    assert {f"{PREFIX}calendar.events", f"{PREFIX}contacts"} <= set(
        both["scope"].split()
    )


def test_userinfo_and_tokeninfo(http, world):
    body = connect(http)
    bearer = {"Authorization": f"Bearer {body['access_token']}"}
    for path in ("/oauth2/v3/userinfo", "/v1/userinfo"):
        info = http.get(path, headers=bearer).get_json()
        assert info["sub"] == world.account(MARIE).sub
        assert info["email"] == MARIE
        assert "name" not in info, "profile was not asked for"
    query = {"access_token": body["access_token"]}
    assert http.get("/tokeninfo", query_string=query).get_json()["aud"] == "web"
    assert http.get("/v1/userinfo").status_code == 401
    assert http.get("/tokeninfo", query_string={"access_token": "x"}).status_code == 400


def test_access_token_expires(http, world, google):
    assert google.get()[0] == 200
    world.clock.advance(3600)
    assert google.get()[0] == 401
