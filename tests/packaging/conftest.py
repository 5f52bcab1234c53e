"""A plain Odoo, and the addon in the two forms in which people get it."""

import pytest
from plain import Plain, layer

from lib import commands
from lib.lint import copied
from lib.place import environment, tools


@pytest.fixture(scope="session")
def env():
    with environment.prepare(verbose=False) as env:
        env.databases.drop_abandoned("gspack_")
        yield env


@pytest.fixture(scope="session")
def clone():
    """The repository as a clone of it is: the folder of addons that holds it."""
    return copied.make("packaging").parent


@pytest.fixture(scope="session")
def wheel(clone, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    python = tools.ensure()
    args = ("wheel", "--no-deps", "--no-build-isolation", "-w", folder)
    # From a checkout with any name.
    other = folder / "a-checkout"
    other.symlink_to(clone / "google_sync")
    commands.call(
        [python, "-m", "pip", *args, f"{other}/"], "building the wheel", log="wheel"
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def bare():
    """The site-packages of a Python with Odoo's packages, and its pip."""
    return tools.ensure_plain()


@pytest.fixture
def plain(env, bare, tmp_path):
    """A plain Odoo of our own: a Python, a database, a configuration."""
    plain = Plain(
        env, layer(bare, env.source.python_path, tmp_path / "python"), tmp_path
    )
    env.clone_database(plain.database)
    yield plain
    env.drop_database(plain.database)
