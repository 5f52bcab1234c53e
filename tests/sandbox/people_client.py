"""A client of the People API that holds every answer against Google's document."""

from base64 import b64encode

from conftest import PREFIX

from sandbox.discovery import document
from sandbox.errors import ApiError
from sandbox.people_api.pictures import portrait

ALL = "names,emailAddresses,phoneNumbers,biographies,memberships,clientData,metadata"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF\x00" + b"\x00" * 40 + b"\xff\xd9"
PNG = portrait(1)


class People:
    """One account's token on the People API; methods return (status, body)."""

    def __init__(self, http, world, email, scopes=(PREFIX + "contacts",)):
        self.http = http
        self.world = world
        sub = world.account(email).sub
        self.token = world.oauth.issue_access("web", sub, list(scopes))

    def call(self, method, path, body=None, **query):
        answer = self.http.open(
            f"/v1/{path}",
            method=method,
            query_string=query,
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
        )
        content = answer.get_json()
        if answer.status_code == 200 and "fields" not in query:
            check_answer(method, f"v1/{path}", content)
        return answer.status_code, content

    def ok(self, method, path, body=None, **query):
        status, content = self.call(method, path, body, **query)
        assert status == 200, content
        return content

    # -- single contacts

    def create(self, **fields):
        """A new contact; ``Ann`` when no name is given. Every field comes back."""
        body = {"names": [{"givenName": "Ann"}], **fields}
        return self.ok("POST", "people:createContact", body)

    def get(self, name, mask=ALL):
        return self.ok("GET", name, personFields=mask)

    def update(self, person, mask, **fields):
        """(status, body) of an update with the etag of ``person``."""
        body = {"etag": person["etag"], **fields}
        path = f"{person['resourceName']}:updateContact"
        return self.call("PATCH", path, body, updatePersonFields=mask)

    def delete(self, name):
        return self.call("DELETE", f"{name}:deleteContact")

    def set_photo(self, name, data=PNG, **body):
        sent = {"photoBytes": b64encode(data).decode(), **body}
        return self.call("PATCH", f"{name}:updateContactPhoto", sent)

    # -- many

    def batch_create(self, people, mask=ALL):
        body = {"contacts": [{"contactPerson": person} for person in people]}
        return self.call(
            "POST", "people:batchCreateContacts", {**body, "readMask": mask}
        )

    def batch_update(self, people, update, mask=ALL):
        body = {"contacts": people, "updateMask": update, "readMask": mask}
        return self.call("POST", "people:batchUpdateContacts", body)

    def batch_delete(self, names):
        return self.call("POST", "people:batchDeleteContacts", {"resourceNames": names})

    def list(self, **query):
        query.setdefault("personFields", "names,metadata")
        return self.call("GET", "people/me/connections", **query)

    def sync(self, token=None, **query):
        """(people by name, next sync token) over all pages."""
        found, page = {}, {}
        since = {"syncToken": token} if token else {}
        while True:
            status, answer = self.list(
                requestSyncToken="true", **since, **query, **page
            )
            assert status == 200, answer
            for person in answer.get("connections", ()):
                found[person["resourceName"]] = person
            if "nextPageToken" not in answer:
                return found, answer["nextSyncToken"]
            page = {"pageToken": answer["nextPageToken"]}


def check_answer(method, path, content):
    api = document("people.v1")
    found, _values = api.match(method, path)
    try:
        api.check_schema(found.response_schema, content)
    except ApiError as error:
        raise AssertionError(f"answer breaks {found.response_schema}") from error


def given(people):
    """The given names of answered people, sorted."""
    people = people.values() if isinstance(people, dict) else people
    return sorted(person["names"][0]["givenName"] for person in people)


def refusal(answer):
    """(HTTP status, status name) of a refused request, in the newer style."""
    status, body = answer
    error = body["error"]
    assert error["code"] == status
    assert "errors" not in error
    return status, error["status"]


INVALID = (400, "INVALID_ARGUMENT")
STALE = (400, "FAILED_PRECONDITION")
