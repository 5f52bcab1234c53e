"""A service account's key over the control API, and what the token endpoint says."""

import pytest

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
API = "/sandbox/api/service_accounts"


@pytest.mark.parametrize("assertion", ["", "x", "a.b.c", "e30.e30.e30"])
def test_what_is_no_signed_request_is_refused(http, assertion):
    form = {"grant_type": GRANT, "assertion": assertion}
    answer = http.post("/token", data=form)
    assert answer.status_code == 400
    assert answer.json["error"] in ("invalid_request", "invalid_grant")


def test_a_key_is_handed_out_once_and_delegation_is_changed(http):
    account = {"client_id": "77", "account_email": "s@firm.iam", "delegated": []}
    made = http.post(API, json=account).json
    assert made["type"] == "service_account"
    assert "PRIVATE KEY" in made["private_key"]
    assert "PRIVATE KEY" not in http.get("/sandbox/api/state").text
    changed = http.patch(f"{API}/77", json={"delegated": ["openid"]}).json
    assert changed["delegated"] == ["openid"]
