"""Google Meet links for ``conferenceData.createRequest``."""

from hashlib import sha256

from ..errors import required


def completed(data):
    """The event with a Meet conference where its creation was asked for."""
    conference = data.get("conferenceData")
    if not conference or "createRequest" not in conference:
        return data
    request = conference["createRequest"]
    if not request.get("requestId"):
        raise required("Missing request id.", "conferenceData.createRequest.requestId")
    if "entryPoints" in conference:
        return data
    code = _code(request["requestId"])
    uri = f"https://meet.google.com/{code}"
    made = {
        "conferenceId": code,
        "createRequest": {**request, "status": {"statusCode": "success"}},
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "entryPoints": [
            {"entryPointType": "video", "uri": uri, "label": uri.partition("//")[2]}
        ],
    }
    return {**data, "conferenceData": made, "hangoutLink": uri}


def _code(request_id):
    digits = sha256(request_id.encode()).digest()
    letters = "".join(chr(97 + digit % 26) for digit in digits[:10])
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
