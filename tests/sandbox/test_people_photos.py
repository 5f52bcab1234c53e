"""Contact photos: formats, sizes, addresses, the generated letter."""

from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

import pytest
from people_client import INVALID, JPEG, PNG, refusal

from sandbox.people_api.pictures import avatar, kind_of, portrait


def photo(people, name):
    return people.get(name, "photos")["photos"][0]


def download(http, url):
    parts = urlsplit(url)
    answer = http.get(parts.path, query_string=parts.query)
    assert answer.status_code == 200
    return answer


def test_letter_without_a_photo(people, http):
    shown = photo(people, people.create(names=[{"givenName": "愛子"}])["resourceName"])
    assert shown["default"] is True
    assert shown["url"].startswith("http://localhost/photos/")
    answer = download(http, shown["url"])
    assert answer.content_type == "image/png"
    assert answer.data == avatar("愛")
    assert avatar("A") != avatar("B")


@pytest.mark.parametrize(("data", "kind"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
def test_photo_is_served_re_encoded(people, http, data, kind):
    person = people.create()
    name = person["resourceName"]
    status, answer = people.set_photo(name, data, personFields="photos,metadata")
    assert status == 200
    shown = answer["person"]["photos"][0]
    assert "default" not in shown
    assert answer["person"]["etag"] != person["etag"]
    for url in (shown["url"], f"{shown['url']}?sz=400"):
        served = download(http, url)
        assert served.content_type == kind
        assert kind_of(served.data) == kind
        assert served.data != data
    assert refusal(people.update(person, "names")) == (400, "FAILED_PRECONDITION")


def test_no_person_without_a_mask(people):
    name = people.create()["resourceName"]
    assert people.set_photo(name) == (200, {})
    path = f"{name}:deleteContactPhoto"
    assert people.call("DELETE", path) == (200, {})
    status, answer = people.call("DELETE", path, personFields="photos")
    assert answer["person"]["photos"][0]["default"] is True


def test_url_safe_base64(people):
    name = people.create()["resourceName"]
    body = {"photoBytes": urlsafe_b64encode(b"\xff\xd8\xff\xfe\xfb\xff").decode()}
    assert "_" in body["photoBytes"]
    assert people.call("PATCH", f"{name}:updateContactPhoto", body) == (200, {})


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a" + b"\x00" * 20, b"RIFF\x00\x00\x00\x00WEBP", b"<svg/>"]
)
def test_other_formats(people, data):
    name = people.create()["resourceName"]
    assert refusal(people.set_photo(name, data)) == INVALID
    assert photo(people, name)["default"] is True


def test_broken_base64(people):
    name = people.create()["resourceName"]
    for text in ("a", "=", "é"):
        body = {"photoBytes": text}
        answer = people.call("PATCH", f"{name}:updateContactPhoto", body)
        assert refusal(answer) == INVALID


def test_size(people, world):
    name = people.create()["resourceName"]
    world.people.photo_bytes = len(PNG)
    assert people.set_photo(name, PNG)[0] == 200
    world.people.photo_bytes -= 1
    assert refusal(people.set_photo(name, PNG)) == INVALID


def test_replaced_and_removed_photos_are_gone(people, http):
    name = people.create()["resourceName"]
    people.set_photo(name)
    first = photo(people, name)["url"]
    people.set_photo(name, portrait(2))
    second = photo(people, name)["url"]
    assert http.get(urlsplit(first).path).status_code == 404
    people.call("DELETE", f"{name}:deleteContactPhoto")
    assert http.get(urlsplit(second).path).status_code == 404
    people.set_photo(name)
    third = photo(people, name)["url"]
    people.delete(name)
    assert http.get(urlsplit(third).path).status_code == 404


def test_photo_of_nobody(people):
    assert refusal(people.set_photo("people/c1"))[0] == 404
    assert refusal(people.call("DELETE", "people/c1:deleteContactPhoto"))[0] == 404


def test_photo_change_comes_with_the_next_sync(people):
    name = people.create()["resourceName"]
    token = people.sync(personFields="photos,metadata")[1]
    people.set_photo(name)
    found = people.sync(token, personFields="photos,metadata")[0]
    assert "default" not in found[name]["photos"][0]
