"""The rows of the table, as bytes: incidents, quiet accounts, denials, withdrawals, held actions, the references.

RowVersionError     a row was written by a version that this one does not know: the shell decides
"""

from base64 import b64encode
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from typing import Any, Final

import orjson

from schemas.action import Action
from schemas.incident import Incident
from schemas.mention import Withdrawal
from schemas.outcome import NewerStateError
from schemas.taxonomy import IncidentState
from streams.fusing.account import Account, unpack

VERSION: Final = 2
_READABLE: Final = frozenset({1, VERSION})
"""Version 1 had no crowds and no denials."""
MARK: Final = "~"
"""Begins the keys of rows that are no incidents."""


class RowVersionError(NewerStateError):
    """A row's version is unknown; names the row and the version."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a site was told last of an incident."""

    facility_id: str
    distance_km: float
    probability: float
    reason: str | None = None
    """Why the incident no longer concerns it; None while it does."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """An operator's word: these mentions are of one incident, or never are."""

    action_id: str
    together: bool
    ones: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """What is counted of an incident besides its accounts; coarse, so that not every report makes a revision."""

    count: int = 0
    """Rounded down to two digits."""
    first_s: int | None = None
    last_s: int | None = None
    """When the first and the last were published, the last rounded down to ten minutes."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """An account that is counted with another, its guide (`crowd.py`)."""

    account: Account
    guide: str
    """A mention's id."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial (`denials.py`)."""

    account: Account
    """What it denies."""
    own_words: bool
    """Whether it takes back what its source told."""

    def takes_back(self, one: Account) -> bool:
        """Whether an account that it concerns is withdrawn by it."""
        return self.own_words and self.account.speaker == one.speaker


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as fusing holds it."""

    incident_id: str
    founder: str
    """The mention that the id was made of."""
    founded_ms: int
    """Ingest time at its founding: of two that are one, the younger is merged."""
    revision: int
    state: IncidentState
    by: str
    """The event that made this revision: when it is replayed, the same records are sent again."""
    versions: str
    """What reader, fuser, facilities and policy this revision was made with."""
    accounts: tuple[Account, ...]
    """In order of publication; of a withdrawn incident the last ones, none of a merged one."""
    sites: dict[str, Recipient]
    """Every site that was ever told, by id."""
    until_s: int
    """The last instant at which it can have happened: with it the row expires."""
    target: str | None = None
    """The facility that an operator said was meant."""
    rulings: tuple[Ruling, ...] = ()
    actions: tuple[str, ...] = ()
    """Ids of the actions applied to it."""
    heirs: tuple[str, ...] = ()
    """Of a withdrawn incident: the reports that may take it up again."""
    crowd: Crowd = Crowd()
    """Its quiet accounts, which have rows of their own."""
    disputes: tuple[Account, ...] = ()
    """Denials of other sources, the earliest ones."""
    wave: str | None = None
    """Shared by the incidents of one barrage (`waves.py`)."""
    closed: Incident | None = None
    """Of a merged or withdrawn incident: what was published of it last."""

    @property
    def age(self) -> tuple[int, str]:
        """Orders incidents from old to young."""
        return self.founded_ms, self.incident_id

    @property
    def standing(self) -> bool:
        """Whether it stands."""
        return self.state is IncidentState.STANDING

    def same_as(self, other: "IncidentRow | None") -> bool:
        """Whether both say the same of the incident, whoever made the revision."""
        return self is other or (other is not None and replace(self, by=other.by) == other)


@dataclass(frozen=True, slots=True)
class References:
    """The versions that the exposures were last brought up to."""

    facilities: str
    policy: str


Row = IncidentRow | Quiet | Denied | Withdrawal | Action | References


def incident_id_of(mention_id: str) -> str:
    """Return the id of the incident that a mention founds."""
    return "inc-" + sha256(mention_id.encode()).hexdigest()[:20]


def references_key(partition: int) -> str:
    """Return the key of a partition's row of references."""
    return f"{MARK}references/{partition}"


def withdrawal_key(partition: int, withdrawal: Withdrawal) -> str:
    """Return the key of a withdrawal: one for each report, source and bound."""
    told = "\n".join(
        (withdrawal.traffic.value, withdrawal.record_id, withdrawal.source.casefold(), withdrawal.reason.value)
    )
    return f"{MARK}withdrawal/{partition}/{_short(told)}"


def quiet_key(partition: int, mention_id: str) -> str:
    """Return the key of a quiet account."""
    return f"{MARK}quiet/{partition}/{_short(mention_id)}"


def denial_key(partition: int, mention_id: str) -> str:
    """Return the key of a denial."""
    return f"{MARK}denial/{partition}/{_short(mention_id)}"


def action_key(partition: int, action_id: str) -> str:
    """Return the key of a held action."""
    return f"{MARK}action/{partition}/{_short(action_id)}"


def dump(row: Row) -> bytes:
    """Write a row."""
    match row:
        case IncidentRow():
            return orjson.dumps(
                {
                    "v": VERSION,
                    "id": row.incident_id,
                    "founder": row.founder,
                    "founded": row.founded_ms,
                    "rev": row.revision,
                    "state": row.state.value,
                    "by": row.by,
                    "versions": row.versions,
                    "until": row.until_s,
                    "accounts": [orjson.Fragment(a.packed) for a in row.accounts],
                    "sites": {
                        s: [r.facility_id, r.distance_km, r.probability, r.reason] for s, r in sorted(row.sites.items())
                    },
                    "target": row.target,
                    "rulings": [[r.action_id, r.together, r.ones, r.others] for r in row.rulings],
                    "actions": row.actions,
                    "heirs": row.heirs,
                    "disputes": [orjson.Fragment(a.packed) for a in row.disputes],
                    "crowd": [row.crowd.count, row.crowd.first_s, row.crowd.last_s],
                    "wave": row.wave,
                    "closed": orjson.Fragment(row.closed.to_json()) if row.closed else None,
                }
            )
        case Quiet():
            return orjson.dumps({"v": VERSION, "account": orjson.Fragment(row.account.packed), "guide": row.guide})
        case Denied():
            return orjson.dumps({"v": VERSION, "account": orjson.Fragment(row.account.packed), "own": row.own_words})
        case References():
            return orjson.dumps({"v": VERSION, "facilities": row.facilities, "policy": row.policy})
        case Withdrawal() | Action():
            return orjson.dumps({"v": VERSION, "record": orjson.Fragment(row.to_json())})


def load(key: str, body: bytes) -> Row:
    """Read a row.

    Raises
    ------
    RowVersionError
        It was written by a version that this one does not know.
    """
    told = orjson.loads(body)
    if (version := told.get("v")) not in _READABLE:
        raise RowVersionError(
            f"row {key}: version {version!r} is not known here (this is {VERSION}): upgrade, or rebuild the table"
        )
    if not key.startswith(MARK):
        return _incident_row(told)
    kind = key[len(MARK) :].split("/", 1)[0]
    if kind == "quiet":
        return Quiet(unpack(told["account"]), told["guide"])
    if kind == "denial":
        return Denied(unpack(told["account"]), told["own"])
    if kind == "references":
        return References(told["facilities"], told["policy"])
    return (Withdrawal if kind == "withdrawal" else Action).model_validate_json(orjson.dumps(told["record"]))


def _incident_row(told: dict[str, Any]) -> IncidentRow:
    return IncidentRow(
        incident_id=told["id"],
        founder=told["founder"],
        founded_ms=told["founded"],
        revision=told["rev"],
        state=IncidentState(told["state"]),
        by=told["by"],
        versions=told["versions"],
        until_s=told["until"],
        accounts=tuple(map(unpack, told["accounts"])),
        sites={site: Recipient(*r) for site, r in told["sites"].items()},
        target=told["target"],
        rulings=tuple(Ruling(i, together, tuple(a), tuple(b)) for i, together, a, b in told["rulings"]),
        actions=tuple(told["actions"]),
        heirs=tuple(told["heirs"]),
        disputes=tuple(map(unpack, told.get("disputes", ()))),
        crowd=Crowd(*told.get("crowd", ())),
        wave=told.get("wave"),
        closed=Incident.model_validate_json(orjson.dumps(told["closed"])) if told["closed"] else None,
    )


def _short(text: str) -> str:
    return b64encode(blake2b(text.encode(errors="surrogatepass"), digest_size=15).digest(), b"-_").decode()
