"""The files for Docker, as far as they can be judged without an engine."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from lib.demo import run as demo_run
from lib.place import tools

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "compose"


@pytest.fixture(scope="module")
def file():
    code = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"
    text = (COMPOSE / "compose.yaml").read_text()
    done = subprocess.run(
        [tools.ensure(), "-c", code],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def recipe():
    """The Dockerfile, a pair of instruction and argument for each line of it."""
    text = (COMPOSE / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(None, 1)) for line in lines]


def test_it_is_built_on_odoo_s_own_image(recipe):
    assert recipe[0] == ("FROM", "odoo:19")
    assert [rest for word, rest in recipe if word == "USER"][-1] == "odoo"


def test_what_it_copies_and_builds_from_is_there(file, recipe):
    build = file["services"]["demo"]["build"]
    context = (COMPOSE / build["context"]).resolve()
    assert context == ROOT
    assert (context / build["dockerfile"]).is_file()
    for word, rest in recipe:
        if word == "COPY":
            assert (context / rest.split()[0]).exists()


def test_it_starts_the_demo_with_options_that_exist(recipe):
    command = json.loads(dict(recipe)["ENTRYPOINT"])
    assert command[0] == "python3"
    assert (ROOT / command[1]).is_file()
    parser = demo_run.parser("script/demo", None)
    options = demo_run.parse(parser, command[2:])
    assert options.interface == "0.0.0.0"


def test_every_name_leads_somewhere(file):
    services, volumes = file["services"], file["volumes"]
    for service in services.values():
        for other in service.get("depends_on", {}):
            assert services[other].get("healthcheck")
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in volumes
    assert services["demo"]["environment"]["PGHOST"] in services


def test_one_password_on_both_sides(file):
    db, demo = (file["services"][name]["environment"] for name in ("db", "demo"))
    assert demo["PGUSER"] == db["POSTGRES_USER"]
    assert demo["PGPASSWORD"] == db["POSTGRES_PASSWORD"]


def test_nothing_is_published_beyond_this_machine(file, recipe):
    ports = file["services"]["demo"]["ports"]
    assert all(re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) for port in ports)
    exposed = dict(recipe)["EXPOSE"].split()
    assert sorted(port.rsplit(":", 1)[1] for port in ports) == exposed
    assert not any("ports" in s for n, s in file["services"].items() if n != "demo")
