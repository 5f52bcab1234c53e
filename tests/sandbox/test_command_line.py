"""``python -m sandbox`` as a process, and the package's borders."""

import ast
import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from sandbox.server import SandboxServer

ROOT = Path(__file__).parents[2]
STDLIB_AND_KNOWN = {
    *("werkzeug", "jinja2", "dateutil", "googleapiclient"),
    "cryptography",
}


def start(*options):
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_help():
    process = start("--help")
    text, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    for option in ("--port", "--host", "--seed", "--state", "--redirect-uri"):
        assert option in text


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_starts_serves_saves_and_ends_on_a_signal(tmp_path, end):
    state = tmp_path / "state.json"
    process = start("--port", "0", "--seed", "empty", "--state", str(state))
    url = process.stdout.readline().split()[3]
    body = json.dumps({"email": "a@example.com", "name": "A"}).encode()
    request = urllib.request.Request(
        f"{url}sandbox/api/accounts", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.status == 200
    process.send_signal(end)
    _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")
    assert json.loads(state.read_text())["accounts"][0]["email"] == "a@example.com"


@pytest.mark.parametrize("what", ["port", "redirect", "state"])
def test_one_line_and_code_2(what, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        options = ["--port", port]
        if what == "redirect":
            options = ["--port", "0", "--redirect-uri", "http://a.example.com/cb"]
        if what == "state":
            broken = tmp_path / "state.json"
            broken.write_text("[]")
            options = ["--port", "0", "--state", str(broken)]
        process = start("--seed", "empty", *options)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 2
    assert len(errors.strip().splitlines()) == 1
    assert "Traceback" not in errors


def test_restart_keeps_the_world_and_learns_new_addresses(tmp_path):
    state = tmp_path / "state.json"
    first, second = "https://a.example.com/cb", "https://b.example.com/cb"
    with SandboxServer(state=state, redirect_uris=[first]) as server:
        server.world.add_account("a@example.com", "A")
    with SandboxServer(state=state, redirect_uris=[second]) as server:
        assert server.world.account("a@example.com").name == "A"
        (client,) = server.world.clients.values()
        assert client.redirect_uris == [first, second]


def test_stop_frees_the_port_and_may_be_repeated():
    server = SandboxServer().start()
    port = server.port
    server.stop()
    server.stop()
    again = SandboxServer(port=port)
    again.stop()


def imports(path):
    """(level, dotted name) of every import in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""
        elif isinstance(node, ast.Import):
            for name in node.names:
                yield 0, name.name


def _short(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", sorted((ROOT / "sandbox").rglob("*.py")), ids=_short)
def test_borders(path):
    depth = len(path.relative_to(ROOT / "sandbox").parts)
    for level, name in imports(path):
        top = name.partition(".")[0]
        assert level <= depth, f"{name} is outside the package"
        if level == 0:
            assert top in sys.stdlib_module_names | STDLIB_AND_KNOWN


def test_works_inside_another_package(tmp_path):
    package = tmp_path / "addons" / "google_sync"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "sandbox").symlink_to(ROOT / "sandbox")
    code = "from google_sync.sandbox.server import SandboxServer as S; S().stop()"
    subprocess.run(
        [sys.executable, "-c", code], cwd=package.parent, check=True, timeout=20
    )
