"""The Store's writing: new events, series of rows, and what becomes of the rows.

Odoo rebuilds nothing here: a recurrence is given its rows, each as the engine says.
"""

from datetime import date
from itertools import compress

from odoo import Command
from odoo.tools import groupby

from ....sync.events.description import description_to_odoo
from ....sync.events.recurrence import key_of
from ....sync.events.steps import CreateEvent, WriteSeries
from ...tools.context import Said
from ...tools.recurrence import rule_from, rule_vals
from .series import stored_zone


class SeriesWrites:
    """Part of `OrmStore`: creating events, and changing series row by row."""

    # -- creating --------------------------------------------------------------

    def _create_all(self, steps):
        """{number of a step: (event id, saves of links of its rows)}."""
        numbered = [(n, s) for n, s in enumerate(steps) if _creates(s)]
        if not numbered:
            return {}
        parents = {s.link.parent_id for _n, s in numbered if s.link.parent_id}
        recurrences = self._recurrences_of(self.by_id(parents).values())
        plans = {"event": [], "row": [], "series": []}
        for number, step in numbered:
            parent = recurrences.get(step.link.parent_id)
            sort = "series" if step.write.rows else "row" if parent else "event"
            plans[sort].append((number, step, parent))
        return {
            **self._create_events(plans["event"]),
            **self._create_rows(plans["row"]),
            **self._create_series(plans["series"]),
        }

    def _create_events(self, plans):
        known = self._for_new([step.write.values for _n, step, _r in plans])
        made = self._create_records(
            [self._create_vals(step.write, known) for _n, step, _r in plans]
        )
        return {
            n: (event.id, []) for (n, _s, _r), event in zip(plans, made, strict=True)
        }

    def _create_rows(self, plans):
        """Single occurrences that come back into their series."""
        known = self._for_new([step.write.values for _n, step, _r in plans])
        made = self._create_records(
            [
                {**self._create_vals(step.write, known), **_in_series(recurrence)}
                for _n, step, recurrence in plans
            ],
        )
        moved = self.events.browse()
        done = {}
        for (number, step, _recurrence), event in zip(plans, made, strict=True):
            start = step.write.values.period.start
            if key_of(start) != step.link.original_start:
                moved += event
            done[number] = (event.id, [])
        moved.write({"follow_recurrence": False})
        return done

    def _create_series(self, plans):
        """Recurrences with their rows; all rows of all series at once."""
        if not plans:
            return {}
        writes = [step.write for _n, step, _r in plans]
        recurrences = self.recurrences.create(
            [self._recurrence_vals(w.rule, w.values.time_zone) for w in writes]
        )
        known = self._for_new([row.values for w in writes for row in w.rows])
        vals = []
        for write, recurrence in zip(writes, recurrences, strict=True):
            first = {**self._create_vals(write, known), **_in_series(recurrence.id)}
            new = [row for row in write.rows if not row.event_id]
            vals += self._rows_vals(first, new, known)
        made = iter(self._create_records(vals))
        done = {}
        for (number, step, _r), recurrence in zip(plans, recurrences, strict=True):
            self._take_over(step, recurrence)
            rows = self.events.concat(
                *(
                    self.events.browse(row.event_id) if row.event_id else next(made)
                    for row in step.write.rows
                )
            )
            recurrence.base_event_id = rows[:1]
            done[number] = (rows[:1].id, self._made(step.write.rows, rows))
        return done

    def _create_records(self, vals_list):
        """Records of these values; others' private events are made so at the end.

        Odoo asks who may write an event before it knows who takes part in it.
        """
        me = self.user.id
        late = [
            vals["privacy"] == "private" and vals["user_id"] != me for vals in vals_list
        ]
        open_first = [
            {**vals, "privacy": False} if is_late else vals
            for vals, is_late in zip(vals_list, late, strict=True)
        ]
        with self.events._google_sync_gathering():
            once = self.events.with_context(google_sync_defaults=Said({}))
            made = self.events.browse(once.create(open_first).ids)
            private = self.events.browse(compress(made.ids, late))
            private.write({"privacy": "private"})
        return made

    def _take_over(self, step, recurrence):
        """Rows of another series become the new one's, with what hangs on them."""
        moved = [row for row in step.write.rows if row.event_id]
        rows = self.events.browse(row.event_id for row in moved)
        self._join(rows)
        others = rows.recurrence_id
        with rows._google_sync_gathering():
            rows.write(_in_series(recurrence.id))
            changes = {row.event_id: row.changes for row in moved if row.changes}
            write = WriteSeries(rows[:1].id, changes)
            self._change_rows(write, recurrence, step.link)
            for other in others.filtered(lambda rule: rule.base_event_id in rows):
                left = other.calendar_event_ids.filtered("active")
                other.base_event_id = left.sorted("start")[:1]

    def _for_new(self, values):
        """The alarms and types that new events of these values need."""
        delays = {minutes for x in values for minutes in x.reminders}
        return self.events._google_sync_known(delays, self._types)

    def _create_vals(self, write, known):
        organizer = self._organizer(write.google)
        return {
            **self.events._google_sync_vals(write.values.as_dict(), known),
            "privacy": self._new_privacy(write, organizer),
            "user_id": organizer.id,
            **self._people_vals(write.google, write.values.guests),
        }

    def _rows_vals(self, common, rows, known):
        """What to create for each row; `common`: what it shares with the others."""
        for row in rows:
            if row.child_id:
                own = self.events._google_sync_vals(row.values.as_dict(), known)
                own.pop("privacy")
            else:
                own = self.events._google_sync_vals({"period": row.values.period})
            yield {**common, **own}

    def _made(self, new_rows, rows):
        """Saves of the links that the new rows belong to; those moved are marked so."""
        saves, moved = [], self.events.browse()
        for new, row in zip(new_rows, rows, strict=True):
            if not new.child_id:
                continue
            saves.append((new.child_id, row.id))
            slot = self.link_model.browse(new.child_id).original_start
            if key_of(new.values.period.start) != slot:
                moved += row
        moved.write({"follow_recurrence": False})
        return saves

    def _recurrence_vals(self, rule, time_zone):
        tz = stored_zone(time_zone) if time_zone else self.user.tz
        return {**rule_vals(rule), "event_tz": tz or False}

    # -- changing --------------------------------------------------------------

    def _write_series(self, write, link):
        """(id of the row that stands for the series, saves of links of new rows)."""
        event = self.events.browse(write.event_id)
        leaving = self.events.browse(write.leaves)
        touched = event | leaving | self.events.browse([*write.changes, *write.removes])
        with touched._google_sync_gathering():
            if write.join:
                rows = event.recurrence_id.calendar_event_ids
                self._join(event | rows.filtered("active"))
            recurrence = event.recurrence_id or self._begun(event, write)
            self._change_rows(write, recurrence, link)
            saves = self._add_rows(event, recurrence, write.creates)
            self.events.browse(write.removes).unlink()
            leaving.write(dict.fromkeys(_in_series(False), False))
            self._conclude(event, recurrence, write)
            rows = recurrence.exists().calendar_event_ids.filtered("active")
            self._note_responses(rows or event, write.responses)
        base = recurrence.exists().base_event_id
        return base.id or event.id, saves

    def _begun(self, event, write):
        """A single event becomes the first row of a recurrence."""
        if write.rule is None:
            return self.recurrences
        vals = self._recurrence_vals(write.rule, write.time_zone)
        recurrence = self.recurrences.create({**vals, "base_event_id": event.id})
        event.write(_in_series(recurrence.id))
        return recurrence

    def _change_rows(self, write, recurrence, link):
        """Equal changes are written together, times row by row."""
        rows = self.events.browse(write.changes)
        kinds = groupby(rows, key=lambda row: _kind_of(row, write.changes[row.id]))
        for _kind, group in kinds:
            alike = self.events.concat(*group)
            changes = dict(write.changes[alike[0].id])
            changes.pop("period", None)
            vals = alike[0]._google_sync_vals(changes)
            if "guests" in changes:
                people = self._guest_commands(link, changes["guests"])
                vals.update({"partner_ids": people} if people else {})
            if vals:
                alike.write(vals)
        for row in rows:
            period = write.changes[row.id].get("period")
            if period:
                row.write(
                    {
                        **row._google_sync_period_vals(period),
                        "follow_recurrence": bool(recurrence),
                    }
                )

    def _add_rows(self, event, recurrence, new_rows):
        """New rows as Odoo makes them: copies of the one that stands for the series."""
        if not new_rows:
            return []
        known = self._for_new([row.values for row in new_rows])
        [copied] = event.with_context(active_test=False).copy_data()
        everybody = event.partner_ids | self.user.partner_id
        copied["partner_ids"] = [Command.set(everybody.ids)]
        vals = []
        for row in new_rows:
            own = self.events._google_sync_vals(row.values.as_dict(), known)
            own.pop("categ_ids", None)
            own.pop("privacy")
            said = description_to_odoo(row.values.description, event.description)
            own["description"] = said or False
            vals.append({**copied, **own, **_in_series(recurrence.id), "active": True})
        rows = self._create_records(vals)
        return self._made(new_rows, rows)

    def _conclude(self, event, recurrence, write):
        """The rule, the row that stands for all, and who takes part."""
        if write.single:
            others = recurrence.calendar_event_ids - event
            others.write({"recurrence_id": False, "recurrency": False})
            event.write(dict.fromkeys(_in_series(False), False))
            recurrence.unlink()
            return
        if write.rule is not None:
            self._change_rule(recurrence, write)
        rows = recurrence.calendar_event_ids.filtered("active")
        if recurrence.base_event_id not in rows:
            recurrence.base_event_id = rows.sorted("start")[:1]

    def _change_rule(self, recurrence, write):
        vals = self._recurrence_vals(write.rule, write.time_zone)
        week_start = str(recurrence._get_lang_week_start())
        known = rule_from(recurrence, write.rule.until or date.today(), week_start)
        same = (known.pattern, known.count, known.until) == (
            write.rule.pattern,
            write.rule.count,
            write.rule.until,
        )
        if not same or recurrence.event_tz != vals["event_tz"]:
            recurrence.write(vals)


def _creates(step):
    return isinstance(step.write, CreateEvent)


def _in_series(recurrence_id):
    return {
        "recurrency": True,
        "recurrence_id": recurrence_id,
        "follow_recurrence": True,
    }


def _kind_of(row, changes):
    """Rows of one kind may be written together: nothing depends on the row then."""
    plain = sorted((k, v) for k, v in changes.items() if k != "period")
    text = row.description if "description" in changes else ""
    return repr((plain, text, row.alarm_ids.ids, row.user_id.id, row.categ_ids.ids))
