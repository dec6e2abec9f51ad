"""One barrage over many sites has one wave id: incidents of what flies that one report tells together, at one time.

An incident that concerns many sites by itself is a wave too. The id is that of the oldest incident, which goes on when
incidents are merged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from schemas.taxonomy import ThreatType
from streams.fusing.account import Account
from streams.fusing.holdings import Holdings
from streams.fusing.rows import IncidentRow, Recipient

WIDE: Final = 3
"""An incident that likely concerns so many sites is a wave by itself."""
LIKELY: Final = 0.5
_TOGETHER_S: Final = 6 * 3600
"""Told more vaguely than this, two attacks of one day are not one barrage: lists of a day's attacks tell such."""
_FLYING: Final = frozenset(
    kind.value
    for kind in (
        ThreatType.ROCKET,
        ThreatType.MORTAR_ARTILLERY,
        ThreatType.MISSILE,
        ThreatType.UAS,
        ThreatType.AIR_STRIKE,
    )
)


def wave_of(row: IncidentRow, told: dict[str, Recipient]) -> str | None:
    """Return the wave that an incident is of, from its row and what each site is told; None where it is of none."""
    if row.wave is not None or not row.standing:
        return row.wave
    sites = sum(to.reason is None and to.probability >= LIKELY for to in told.values())
    return _wave_id(row) if sites >= WIDE else None


def with_waves(held: Holdings, changed: Sequence[IncidentRow]) -> list[IncidentRow]:
    """Return changed incidents with their waves, and those besides whose wave changes with them."""
    view = _View(held, changed)
    before = {row.wave for draft in changed for row in (draft, held.rows.get(draft.incident_id)) if row and row.wave}
    seeds = {row.incident_id: row.by for row in changed}
    by = changed[0].by if changed else ""
    for known in before:
        seeds |= {i: by for i in held.waves.get(known, ()) if i not in seeds}
    done: set[str] = set()
    for seed in seeds:
        if seed in done:
            continue
        barrage = view.barrage(seed)
        done.update(barrage)
        rows = [view.rows[i] for i in barrage]
        wave = _wave_id(min(rows, key=lambda r: r.age)) if len(rows) > 1 else None
        for row in rows:
            if row.wave != wave:
                view.rows[row.incident_id] = replace(row, wave=wave, by=seeds.get(row.incident_id, by))
    return view.changed()


def _wave_id(oldest: IncidentRow) -> str:
    return "wav-" + sha256(oldest.incident_id.encode()).hexdigest()[:20]


class _View:
    """The incidents as they will be."""

    def __init__(self, held: Holdings, changed: Sequence[IncidentRow]) -> None:
        self._held = held
        self.rows = _Rows(held, changed)
        self._accounts = {a.mention_id: (a, row.incident_id) for row in changed if row.standing for a in row.accounts}
        self._of_report: dict[str, list[str]] = {}
        for mention_id, (one, _) in self._accounts.items():
            self._of_report.setdefault(one.report_id, []).append(mention_id)

    def barrage(self, seed: str) -> list[str]:
        """Return the ids of all incidents that reports tell together with one, itself first."""
        found, stack = {seed: None}, [seed]
        while stack:
            for other in self._told_with(stack.pop()):
                if other not in found:
                    found[other] = None
                    stack.append(other)
        return list(found)

    def changed(self) -> list[IncidentRow]:
        """Return the incidents that are not as they were held, in the order in which they were changed."""
        return list(self.rows.own.values())

    def _told_with(self, incident_id: str) -> Iterator[str]:
        row = self.rows[incident_id]
        for one in row.accounts if row.standing else ():
            if one.threat_type in _FLYING:
                for other, home in self._passages(one.report_id):
                    if home != incident_id and _at_once(one, other):
                        yield home

    def _passages(self, report_id: str) -> Iterator[tuple[Account, str]]:
        """The accounts of a report, with their incidents."""
        own = self._of_report.get(report_id, ())
        for mention_id in own:
            yield self._accounts[mention_id]
        for mention_id in self._held.of_report.get(report_id, ()):
            home = self._held.home.get(mention_id)
            if home is not None and home not in self.rows.own_ids and mention_id not in self._accounts:
                yield self._held.accounts[mention_id], home


class _Rows:
    """Rows by id, changed ones before held ones."""

    def __init__(self, held: Holdings, changed: Sequence[IncidentRow]) -> None:
        self._held = held
        self.own = {row.incident_id: row for row in changed}
        self.own_ids = frozenset(self.own)

    def __getitem__(self, incident_id: str) -> IncidentRow:
        return self.own.get(incident_id) or self._held.rows[incident_id]

    def __setitem__(self, incident_id: str, row: IncidentRow) -> None:
        self.own[incident_id] = row


def _at_once(a: Account, b: Account) -> bool:
    """Whether two accounts tell of what flew at one time."""
    if b.threat_type not in _FLYING:
        return False
    if max(a.latest_s - a.earliest_s, b.latest_s - b.earliest_s) > _TOGETHER_S:
        return False
    return a.earliest_s <= b.latest_s and b.earliest_s <= a.latest_s
