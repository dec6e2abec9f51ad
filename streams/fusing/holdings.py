"""What a partition holds in memory: the table's rows with all that finds them; changed only by rows once written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, TypeVar

from schemas.action import Action
from schemas.mention import Withdrawal
from streams.fusing.account import Account
from streams.fusing.clusters import FLOOR, PIN
from streams.fusing.connected import Connected
from streams.fusing.denials import Denials, concerns
from streams.fusing.likeness import score, scores
from streams.fusing.neighbourhood import Neighbourhood
from streams.fusing.profile import Profile, profile
from streams.fusing.quiet import QuietOnes
from streams.fusing.rows import Denied, IncidentRow, Quiet, References, Row, Ruling

_EXPIRY_BUCKET_S: Final = 21_600

Key = TypeVar("Key", str, int)
Links = dict[str, int]
"""Mention id -> score; pairs at `FLOOR` are left out."""


class Holdings:
    """All rows of one partition and their indexes."""

    def __init__(self) -> None:
        self.rows: dict[str, IncidentRow] = {}
        self.withdrawals: dict[str, Withdrawal] = {}
        self.actions: dict[str, Action] = {}
        self.references: References | None = None
        self.accounts: dict[str, Account] = {}
        self.home: dict[str, str] = {}
        self.of_report: dict[str, set[str]] = defaultdict(set)
        self.made_by: dict[str, set[str]] = defaultdict(set)
        self.waves: dict[str, set[str]] = defaultdict(set)
        self.revivable: dict[str, set[str]] = defaultdict(set)
        self.withdrawals_of: dict[str, set[str]] = defaultdict(set)
        self._expiry: dict[int, set[str]] = defaultdict(set)
        self._near = Neighbourhood()
        self._links: dict[str, Links] = {}
        self._profiles: dict[str, Profile] = {}
        self._pins: dict[str, dict[str, int]] = {}
        self._fresh: dict[str, tuple[Profile, Links]] = {}
        self.quiet = QuietOnes()
        self.denials = Denials()
        self.connected = Connected()
        self._others: dict[str, Quiet | Denied] = {}

    @property
    def ruled(self) -> AbstractSet[str]:
        """The mentions of which operators spoke."""
        return self._pins.keys()

    def account(self, mention_id: str) -> Account | None:
        """Return what is held of a mention, speaking or quiet."""
        quiet = self.quiet.by_id.get(mention_id)
        return quiet.account if quiet else self.accounts.get(mention_id)

    def incident_of(self, mention_id: str) -> str:
        """Return the id of the incident that a held mention is of."""
        quiet = self.quiet.by_id.get(mention_id)
        return self.home[quiet.guide if quiet else mention_id]

    def homes(self) -> Iterator[tuple[str, str]]:
        """Yield each held mention with its incident."""
        yield from self.home.items()
        yield from ((m, self.home[q.guide]) for m, q in self.quiet.by_id.items())

    def profile(self, one: Account) -> Profile:
        """Return an account prepared for comparing, held or not."""
        held = self._profiles.get(one.mention_id) or self.quiet.profiles.get(one.mention_id)
        return held if held is not None and held.account is one else self._prepared(one)[0]

    def denied_by(self, denial: Account) -> list[Account]:
        """Return the held accounts that a denial concerns, speaking or quiet."""
        prepared = profile(denial)
        around = (*self._near.around(prepared).values(), *self.quiet.around(prepared))
        return sorted((p.account for p in around if concerns(prepared, p)), key=lambda a: a.order)

    def denials_of(self, accounts: Iterable[Account]) -> list[Denied]:
        """Return the held denials that concern any of some accounts."""
        if not self.denials.by_id:
            return []
        return [self.denials.by_id[m] for m in sorted(self.denials.of(map(self.profile, accounts)))]

    def links(self, mention_id: str) -> Links:
        """Return what a held account scores with those around it."""
        found = self._links.get(mention_id)
        if found is None:
            found = self._links[mention_id] = self._scores(self._profiles[mention_id])
        return found

    def links_of(self, one: Account) -> Links:
        """Return what an account that does not speak yet would score with those around it."""
        return self._prepared(one)[1]

    def expired(self, before_s: int) -> Iterator[str]:
        """Yield the ids of the incidents that ended before an instant, in order."""
        due = [i for bucket in self._expiry if bucket * _EXPIRY_BUCKET_S < before_s for i in self._expiry[bucket]]
        yield from sorted(i for i in due if self.rows[i].until_s < before_s)

    def change(self, changed: Mapping[str, Row | None]) -> None:
        """Take over rows that were written; None deletes."""
        old = {key: row for key in changed if (row := self.rows.get(key)) is not None}
        new = {key: row for key, row in changed.items() if isinstance(row, IncidentRow)}
        for row in old.values():
            self._forget(row)
        before = {a.mention_id: a for row in old.values() if row.standing for a in row.accounts}
        after = {a.mention_id: a for row in new.values() if row.standing for a in row.accounts}
        removed = [account for mention_id, account in before.items() if after.get(mention_id) != account]
        for one in removed:
            self._remove(one)
        for key, other in changed.items():
            if key not in old and key not in new:
                self._change_other(key, other)
        for row in new.values():
            self._remember(row)
        added = [account for mention_id, account in after.items() if before.get(mention_id) != account]
        for at, account in enumerate(added):
            self._add(account, added[:at])
        self.connected.settle({a.mention_id for a in added}, {a.mention_id for a in removed})
        self._fresh.clear()
        if any(row.rulings for row in (*old.values(), *new.values())):
            self._pin_all()

    def _scores(self, one: Profile) -> Links:
        found = scores(one, self._near.around(one))
        fixed = self._pins.get(one.account.mention_id)
        return found | {k: s for k, s in fixed.items() if k in self.accounts} if fixed else found

    def _prepared(self, one: Account) -> tuple[Profile, Links]:
        """Prepare an account, and remember it until the next change."""
        fresh = self._fresh.get(one.mention_id)
        if fresh is None or fresh[0].account is not one:
            prepared = profile(one)
            fresh = self._fresh[one.mention_id] = (prepared, self._scores(prepared))
        return fresh

    def _add(self, one: Account, fellows: Iterable[Account]) -> None:
        """Let an account speak; if it was compared before, then not with its `fellows` of this change."""
        compared = one.mention_id in self._fresh
        prepared, links = self._prepared(one)
        if compared:
            links = {other: s for other, s in links.items() if other in self.accounts}
            for fellow in fellows:
                if (s := score(prepared, self._profiles[fellow.mention_id])) > FLOOR:
                    links[fellow.mention_id] = s
        self._links[one.mention_id] = links
        for other, s in links.items():
            if other in self._links:
                self._links[other][one.mention_id] = s
        self.accounts[one.mention_id] = one
        self._profiles[one.mention_id] = prepared
        self.of_report[one.report_id].add(one.mention_id)
        self._near.add(prepared)

    def _remove(self, one: Account) -> None:
        for other in self._links.pop(one.mention_id, {}):
            self._links.get(other, {}).pop(one.mention_id, None)
        self._near.remove(self._profiles.pop(one.mention_id))
        del self.accounts[one.mention_id]
        _discard(self.of_report, one.report_id, one.mention_id)

    def _remember(self, row: IncidentRow) -> None:
        self.rows[row.incident_id] = row
        self.made_by[row.by].add(row.incident_id)
        self._expiry[row.until_s // _EXPIRY_BUCKET_S].add(row.incident_id)
        for report_id in row.heirs:
            self.revivable[report_id].add(row.incident_id)
        if row.wave is not None:
            self.waves[row.wave].add(row.incident_id)
        if row.standing:
            self.home.update((a.mention_id, row.incident_id) for a in row.accounts)

    def _forget(self, row: IncidentRow) -> None:
        del self.rows[row.incident_id]
        _discard(self.made_by, row.by, row.incident_id)
        _discard(self._expiry, row.until_s // _EXPIRY_BUCKET_S, row.incident_id)
        for report_id in row.heirs:
            _discard(self.revivable, report_id, row.incident_id)
        if row.wave is not None:
            _discard(self.waves, row.wave, row.incident_id)
        if row.standing:
            for account in row.accounts:
                del self.home[account.mention_id]

    def _change_other(self, key: str, row: Row | None) -> None:
        if (known := self.withdrawals.pop(key, None)) is not None:
            _discard(self.withdrawals_of, known.report_id, key)
        self.actions.pop(key, None)
        match self._others.pop(key, None):
            case Quiet() as quiet:
                self.quiet.remove(quiet)
                _discard(self.of_report, quiet.account.report_id, quiet.account.mention_id)
            case Denied() as denied:
                self.denials.remove(denied)
        match row:
            case Quiet():
                self._others[key] = row
                self.quiet.add(row)
                self.of_report[row.account.report_id].add(row.account.mention_id)
            case Denied():
                self._others[key] = row
                self.denials.add(row)
            case Withdrawal():
                self.withdrawals[key] = row
                self.withdrawals_of[row.report_id].add(key)
            case Action():
                self.actions[key] = row
            case References():
                self.references = row

    def _pin_all(self) -> None:
        """Work out the operators' rulings anew, and forget the scores that they touch."""
        self.connected.forget()
        touched = set(self._pins)
        self._pins = pins(ruling for row in self.rows.values() for ruling in row.rulings)
        for mention_id in touched | set(self._pins):
            for other in self._links.pop(mention_id, {}):
                self._links.pop(other, None)


def pins(rulings: Iterable[Ruling]) -> dict[str, dict[str, int]]:
    """Return the scores that operators have fixed, both ways; of rulings that contradict, the last by id holds."""
    fixed: dict[str, dict[str, int]] = defaultdict(dict)
    for ruling in sorted(rulings, key=lambda r: r.action_id):
        for a in ruling.ones:
            for b in ruling.others:
                if a != b:
                    fixed[a][b] = fixed[b][a] = PIN if ruling.together else -PIN
    return dict(fixed)


class Overlay:
    """Scores as they would be with some accounts more, some fewer, and some rulings more."""

    def __init__(
        self, held: Holdings, added: Iterable[Account], removed: frozenset[str], rulings: Iterable[Ruling]
    ) -> None:
        rulings = tuple(rulings)
        self._held = held
        self._removed = removed
        self.ruled = bool(held.ruled or rulings)
        self._own: dict[str, Links] = {}
        self._of_report: dict[str, set[str]] = defaultdict(set)
        self._more: dict[str, Links] = defaultdict(dict)
        fellows: list[Account] = []
        for one in added:
            links = {k: s for k, s in held.links_of(one).items() if k not in removed}
            for fellow in fellows:
                if (s := score(held.profile(one), held.profile(fellow))) > FLOOR:
                    links[fellow.mention_id] = s
            fellows.append(one)
            self._of_report[one.report_id].add(one.mention_id)
            self._own[one.mention_id] = links
            for other_id, s in links.items():
                self._more[other_id][one.mention_id] = s
        for mention_id, fixed in pins(rulings).items():
            self._more[mention_id].update((k, s) for k, s in fixed.items() if k in held.accounts or k in self._own)

    def passages(self, report_id: str) -> AbstractSet[str]:
        """Return the mentions of a report, quiet and removed ones among them."""
        held: AbstractSet[str] = self._held.of_report.get(report_id, frozenset())
        own = self._of_report.get(report_id)
        return held | own if own else held

    def __getitem__(self, mention_id: str) -> Links:
        """Return what an account scores with those around it."""
        links = self._own.get(mention_id)
        if links is None:
            links = self._held.links(mention_id)
            if not self._removed.isdisjoint(links):
                links = {k: s for k, s in links.items() if k not in self._removed}
        more = self._more.get(mention_id)
        return links | more if more else links


def _discard(index: dict[Key, set[str]], key: Key, value: str) -> None:
    values = index.get(key)
    if values is not None:
        values.discard(value)
        if not values:
            del index[key]
