"""What is measured, in which order, and how often.

A sample is what one measured call took; see `worker`. Heavy calls are done twice,
in turns and on fresh databases, when they are short enough, light ones five times; the
best counts, on every side alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from statistics import median

from ..steps import Stop, say, step
from .place import SUFFIXES, Pair, Place

SHORT = 25
"""Seconds up to which a heavy call is done again."""
LIGHT = 5
FAR = 50
"""Milliseconds to Google and back, beside none."""
SAVES, WARM_UP = 200, 5
DRAIN = 10
"""Saves after which the queue is emptied, as the scheduled action would have."""
NAMES = {"ours": "google_sync", "theirs": "google_calendar", "orm": "the bare ORM"}


def best(samples: Iterable[dict]) -> dict:
    return min(samples, key=lambda sample: sample["wall"])


def first_push(place: Place, who: str, events: int, latency: int) -> dict:
    """Samples of: push, echo (the next sync), idle, edit_odoo, edit_google."""
    with place.pair(who, latency=latency / 1000) as pair:
        pair.odoo.ask({"do": "fill", "events": events})
        connect(pair)
        found = {"push": pair.do("sync")}
        require(pair.google.events(), events, who, "Google")
        found["echo"] = pair.do("sync")
        return {**found, **light(pair)}


def light(pair: Pair) -> dict:
    """What an account that is in step costs."""
    found = {"idle": best(pair.do("sync") for _ in range(LIGHT))}
    edits = [pair.do("edit", number=number) for number in range(LIGHT)]
    pair.do("sync")
    found["edit_odoo"] = best(edits)
    found["edit_google"] = best(_edit_in_google(pair, n) for n in range(LIGHT))
    return found


def _edit_in_google(pair: Pair, number: int) -> dict:
    pair.google.edit(number)
    return pair.do("sync")


def first_pull(place: Place, who: str, events: int, latency: int) -> dict:
    """Samples of: pull, idle after it; of the bare ORM, what stands for a pull."""
    if who == "orm":
        return _bare(place, events)
    with place.pair(who, events, latency=latency / 1000) as pair:
        # Google's default reminder is an alarm that Odoo's own data has already.
        pair.odoo.ask({"do": "reminder"})
        connect(pair)
        found = {"pull": pair.do("sync")}
        require(pair.odoo.ask({"do": "count"})["answer"], events, who, "Odoo")
        pair.do("sync")
        return {**found, "idle": best(pair.do("sync") for _ in range(LIGHT))}


def _bare(place: Place, events: int) -> dict:
    with place.pair("orm") as pair:
        pair.odoo.ask({"do": "prepare_orm"})
        return {"pull": pair.do("orm", events=events)}


def contacts(place: Place, who: str, number: int, latency: int) -> dict:
    """Samples of: push (with "writes", the requests that write), echo, idle, edit."""
    with place.pair(who, latency=latency / 1000) as pair:
        pair.odoo.ask({"do": "fill_contacts", "contacts": number})
        connect(pair)
        push = pair.do("sync_contacts")
        push["writes"] = pair.google.contact_writes()
        require(pair.google.contacts(), number, who, "Google", "contacts")
        found = {"push": push, "echo": pair.do("sync_contacts")}
        found["idle"] = best(pair.do("sync_contacts") for _ in range(LIGHT))
        edits = [pair.do("edit_contact", number=n) for n in range(LIGHT)]
        return {**found, "edit": best(edits)}


def polled(place: Place, who: str, number: int, _latency: int) -> dict:
    """Samples of: poll_0 and poll_50, regular updates of so many accounts in step."""
    with place.pair(who, crowd=number) as pair:
        pair.odoo.ask({"do": "connect_crowd", "tokens": pair.google.crowd})
        found = {"poll_0": pair.do("poll")}
        pair.google.switch(latency=FAR / 1000)
        return {**found, f"poll_{FAR}": pair.do("poll")}


def limits(place: Place, who: str, events: int, latency: int) -> dict:
    """A first push at 600 units a minute; how many events arrived."""
    with place.pair(who, latency=latency / 1000, quota=True, paced=True) as pair:
        pair.odoo.ask({"do": "fill", "events": events})
        connect(pair)
        sample = pair.do("work_within_limits")
        arrived = pair.google.events()
        refused = pair.google.asked() - arrived
        return {"limits": {**sample, "arrived": arrived, "refused": refused}}


def connect(pair: Pair) -> None:
    pair.odoo.ask({"do": "connect", "token": pair.google.token})


def require(
    found: int, wanted: int, who: str, where: str, what: str = "events"
) -> None:
    if found != wanted:
        raise Stop(
            f"{NAMES[who]}: {found} of {wanted} {what} are in {where} after the first"
            " synchronisation: nothing to compare"
        )


def in_turns(
    run: Callable[..., dict],
    place: Place,
    sides: Iterable[str],
    again: bool,
    *args: int,
) -> dict:
    """{who: samples}; a second round for what is short, so that what else the machine
    does meanwhile meets all sides alike."""
    found: dict = {}
    for number in range(1 + again):
        for who in sides:
            if number and _heaviest(found[who]) > SHORT:
                continue
            samples = _once(run, place, who, *args)
            known = found.setdefault(who, samples)
            found[who] = {name: best((known[name], samples[name])) for name in samples}
    return found


def _once(run: Callable[..., dict], place: Place, who: str, events: int, latency: int):
    label = f"{run.__name__.replace('_', ' ')} of {events:,}, {latency} ms"
    with step(f"{label}, {NAMES[who]}"):
        return run(place, who, events, latency)


def _heaviest(samples: dict) -> float:
    return max(sample["wall"] for sample in samples.values())


def saves(place: Place, quick: bool) -> dict:
    """{who: {"save_edit" and "save_new": median seconds}}.

    One save each in turns: what else the machine does meets all sides alike.
    """
    times: dict = {}
    with ExitStack() as cleanup:
        pairs = _saving_pairs(place, cleanup)
        turns = WARM_UP + (SAVES // 5 if quick else SAVES)
        with step(f"saving events, {turns - WARM_UP} times each in turns"):
            for turn in range(turns):
                _save_once(pairs, turn, times if turn >= WARM_UP else {})
    return {
        who: {what: median(taken) for what, taken in kinds.items()}
        for who, kinds in times.items()
    }


def _saving_pairs(place: Place, cleanup: ExitStack) -> dict[str, Pair]:
    sides = {"plain": "plain", "off": "ours", "ours": "ours", "theirs": "theirs"}
    pairs = {}
    with step("preparing four Odoos for the saves"):
        for suffix, (who, side) in zip(SUFFIXES, sides.items(), strict=True):
            pair = cleanup.enter_context(
                place.pair(side, suffix=suffix, latency=FAR / 1000)
            )
            if who in ("ours", "theirs"):
                connect(pair)
                pair.odoo.ask({"do": "sync"})
            pairs[who] = pair
    return pairs


def _save_once(pairs: dict[str, Pair], turn: int, times: dict) -> None:
    # Nobody is always the one after the same other.
    first = turn % len(pairs)
    order = [*pairs.items()][first:] + [*pairs.items()][:first]
    for what in ("save_edit", "save_new"):
        for who, pair in order:
            question = {"do": what, "number": turn, "measure": False}
            taken = pair.odoo.ask(question)["answer"]
            times.setdefault(who, {}).setdefault(what, []).append(taken)
    if turn % DRAIN == 0:
        pairs["ours"].odoo.ask({"do": "drain"})


def everything(place: Place, options, found: dict) -> None:
    """Fill in what was asked for: {measurement: {who: {sample's name: sample}}}."""
    found.update(events=options.events, many=options.many)
    found.update(contacts=options.contacts, accounts=options.accounts)
    both, again = ("ours", "theirs"), not options.quick
    if "push" in options.parts:
        for latency in (0, FAR) if again else (FAR,):
            args = (options.events, latency)
            found[f"push_{latency}"] = in_turns(first_push, place, both, again, *args)
    if "pull" in options.parts:
        sides = ("orm", *both)
        for latency in (0, FAR) if again else (0,):
            args = (options.events, latency)
            found[f"pull_{latency}"] = in_turns(first_pull, place, sides, again, *args)
            sides = both
    if options.long:
        args = (options.many, 0)
        found["long"] = in_turns(first_pull, place, ("ours",), False, *args)
    if "save" in options.parts:
        found["saves"] = saves(place, options.quick)
    if "contacts" in options.parts:
        for latency in (0, FAR) if again else (0,):
            args = (options.contacts, latency)
            run = in_turns(contacts, place, ("ours",), again, *args)
            found[f"contacts_{latency}"] = run
    if "accounts" in options.parts:
        found["polled"] = in_turns(polled, place, both, False, options.accounts, 0)
    if options.limits:
        say("at Google's limits: some minutes for each side")
        args = (options.events, FAR)
        found["limits"] = in_turns(limits, place, both, False, *args)
