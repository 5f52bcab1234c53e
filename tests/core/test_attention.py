"""What a plan shows first."""

from sync.attention import rank


def test_what_deletes_then_what_is_contested_then_the_rest():
    shown = sorted(["create", "update", "conflict", "other", "delete"], key=rank)
    assert shown == ["delete", "conflict", "update", "create", "other"]
