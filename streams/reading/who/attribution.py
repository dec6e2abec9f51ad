"""Reads who is said to have done it, and how firmly.

    claimed                  the actor says so
    stated_fact              told without hedge
    suspected_by_authorities officials accuse or suspect
    suspected                others do
    possible                 weaker hints
    none                     no actor named

A sentence is read for its predicates (`predicates`): claims, accusations, opinions, hints, plain accounts. Who speaks decides
between officials and others; whom it is about must be somebody who may act (`actors`). A predicate under a negation says nothing.
"""

from dataclasses import dataclass, replace
from typing import Final

from schemas.taxonomy import AttributionConfidence as C
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.who import predicates as said
from streams.reading.who.actors import Actor, Voices, actors, aimed_at, member_of

BESIDE: Final = "attribution.beside"
"""Somebody speaks of the deed and names who might have done it, in words that no list has: counts right behind the deed only."""
VOICE: Final = "attribution.voice"
"""A group speaks of something done, in words that no list has: in a list, of the entry it stands in."""
CONTESTED: Final = "attribution.contested"
"""The accused denies it: what was told as fact is an accusation."""
_OBJECT: Final = 110
"""Characters from an accusation to the accused; from an opinion they are fewer."""
_NEAR: Final = 80
_SHORT: Final = 80
"""Characters of a sentence that can be about nothing but the deed just told."""
_RANK: Final = {
    c: n for n, c in enumerate((C.CLAIMED, C.STATED_FACT, C.SUSPECTED_BY_AUTHORITIES, C.SUSPECTED, C.POSSIBLE, C.NONE))
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about the actor."""

    start: int
    end: int
    confidence: C
    actor: str | None
    rule: str

    @property
    def rank(self) -> int:
        """How firm, 0 the firmest."""
        return _RANK[self.confidence]


def statement(voices: Voices) -> Statement | None:
    """Return what a sentence states about the actor, None where it states nothing: of claim, hint and accusation the first."""
    text = voices.body[voices.start : voices.end]
    if not said.PREDICATES.match_in(text):
        return None
    if (m := said.CONTESTED.search(text)) is not None:
        return Statement(voices.start + m.start(), voices.start + m.end(), C.NONE, None, CONTESTED)
    telling = _Telling(text, voices, actors(voices.body, voices.start, voices.end, voices.hits))
    return (
        telling.confession()
        or telling.claim()
        or telling.hint()
        or telling.accusation()
        or telling.told_apart()
        or telling.account()
        or telling.voice()
        or telling.beside()
    )


def agent(body: str, start: int, end: int, hits: list[Hit], first_act: int) -> Statement | None:
    """Return the actor told without hedge as the subject, the agent or the owner of the weapon in the event's clause."""
    text = body[start:end]
    if any(not _negated(text, m.start()) for p in (said.ACCUSE, said.HINT) for m in p.finditer(text)):
        return None
    if said.HABIT.search(text):
        return None
    for a in actors(body, start, end, hits):
        lead = body[max(start, a.start - 90) : a.start]
        if not a.named or aimed_at(body, start, a) or said.AS_THEY_SAY.search(lead) or said.SUPPOSED.search(lead):
            continue
        by = any(p.search(lead) for p in (said.BY, said.FROM)) or said.BY_NEAR.search(lead[-30:]) is not None
        subject = (
            member_of(body, start, a) <= first_act + 12
            and (first_act - a.end < 60 or a.start - start < 30)
            and (said.ITS_WEAPON.match(body, a.start, end) or not _suffers_or_defends(body, a.end, end))
            and not said.DISOWNS.match(body, a.end, end)
            and not said.SPEAKER.match(body, a.end, end)
        )
        if not by and not subject:
            continue
        if not said.SAYS.match(body, a.end, end):
            voices = Voices(body, start, end, hits)
            telling = _Telling(text, voices, [a])
            if (apart := telling.told_apart()) is not None:
                return apart
            firm = C.SUSPECTED if voices.hearsay(a.start) else C.STATED_FACT
            if firm is C.STATED_FACT and said.OF_ITSELF.search(body, a.end, end) is not None:
                firm = C.CLAIMED
            return Statement(a.start, a.end, firm, a.name, "attribution.agent")
        if not said.STATE_ACTOR.search(a.name):
            return Statement(a.start, a.end, C.CLAIMED, a.name, "attribution.says")
    return None


def _suffers_or_defends(body: str, at: int, end: int) -> bool:
    """Whether what follows an actor's name was done to him, or is what he did about a deed."""
    return any(p.match(body, at, end) for p in (said.VICTIM, said.HARMED, said.DEFENDS))


def of_a_plan(told: Statement) -> Statement:
    """Whose a plan was that did not come to pass is what those say who found it out, not a fact that was seen."""
    return replace(told, confidence=C.SUSPECTED_BY_AUTHORITIES) if told.confidence is C.STATED_FACT else told


def _negated(text: str, at: int) -> bool:
    """Whether what stands at a position is under a negation of its clause."""
    left = max(0, at - 70)
    for m in said.BREAK.finditer(text, left, at):
        left = m.end()
    told_of_him = [m.span() for m in said.RELATIVE.finditer(text, left, at)]
    return any(
        at - m.end() < 45 and not any(start < m.start() < end for start, end in told_of_him)
        for m in said.NOT.finditer(text, left, at)
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence with those who speak and those who may have acted; positions count from its start, actors' from the body's."""

    text: str
    voices: Voices
    who: list[Actor]

    def _state(self, m: re.Match[str], confidence: C, actor: Actor | None, rule: str) -> Statement:
        start = self.voices.start
        return Statement(start + m.start(), start + m.end(), confidence, actor.name or None if actor else None, rule)

    def _before(self, at: int, reach: int = 1000) -> list[Actor]:
        return [a for a in self.who if 0 <= at - (a.end - self.voices.start) < reach]

    def _level(self, at: int) -> C:
        charged = said.CHARGED.search(self.text, max(0, at - 20), at + 12)
        charged = charged or said.TOLD_POLICE.search(self.text, 0, at + 25)
        official = charged or self.voices.authority(self.voices.start + at) or said.SIZED_UP.search(self.text, 0, at)
        return C.SUSPECTED_BY_AUTHORITIES if official else C.SUSPECTED

    def claim(self) -> Statement | None:
        """Of “X said it had fired them”: the doer says so, or shows it."""
        text, start = self.text, self.voices.start
        if said.LEAVES_OUT.search(text):
            return None
        doers = [a for a in self.who if not aimed_at(self.voices.body, start, a)]
        actor = next((a for a in doers if a.named), next(iter(doers), None))
        for m in said.CLAIM.finditer(text):
            alleged = m[0].lower().startswith("claim") and "respons" not in m[0].lower() and not self.who
            if (
                not _negated(text, m.start())
                and not self._of_our_own(m)
                and not (alleged and self.voices.authority_before(start + m.start()) >= 0)
            ):
                return self._state(m, C.CLAIMED, actor, "attribution.claimed")
        if (first := said.FIRST_PERSON.search(text)) is not None and not self._of_our_own(first):
            return self._state(first, C.CLAIMED, actor, "attribution.claimed")
        if (
            (own := said.SELF.search(text)) is not None
            and not _negated(text, own.end())
            and not said.NOT_DONE.match(text, own.end())
            and self._own(own)
            and not said.UNDERGONE.search(own[0])
            and not said.OF_OTHERS.search(text, own.start("self"), own.end() + 30)
        ):
            return self._state(own, C.CLAIMED, actor, "attribution.own-deed")
        if (men := said.OWN_MEN.search(text)) is not None and not said.NOT_DONE.match(text, men.end()):
            subject = [a for a in self._before(men.start() + 1) if a.named and a in doers]
            if subject and not said.STATE_ACTOR.search(subject[-1].name):
                return self._state(men, C.CLAIMED, subject[-1], "attribution.own-deed")
        for a in doers:
            if (
                a.named
                and not said.STATE_ACTOR.search(a.name)
                and said.CLAIMS.match(self.voices.body, a.end, self.voices.end)
            ):
                return Statement(a.start, a.end, C.CLAIMED, a.name, "attribution.claimed")
            if a.named and said.ANNOUNCES.match(self.voices.body, a.end, self.voices.end):
                return Statement(a.start, a.end, C.CLAIMED, a.name, "attribution.announced")
            if a.named and (voice := said.ITS_VOICE.match(self.voices.body, a.end, self.voices.end)) is not None:
                cause = said.ITS_CAUSE.search(voice["told"])
                if cause is not None and not _negated(voice["told"], cause.end()):
                    return Statement(a.start, voice.end(), C.CLAIMED, a.name, "attribution.own-cause")
        if (shown := said.SHOWN.search(text)) is not None and not _negated(text, shown.start()):
            subject = self._before(shown.start(), 60)
            medium = said.MEDIUM.search(text, subject[-1].end - start, shown.end() + 60) if subject else None
            if medium is not None and not said.NOT.search(text, shown.end(), medium.end()):
                return self._state(shown, C.CLAIMED, subject[-1], "attribution.shown")
        return None

    def _of_our_own(self, m: re.Match[str]) -> bool:
        """Of “the range fire is ours”: an authority writes of its own doings, and quotes nobody."""
        first_person = said.WE.search(m[0]) is not None
        return first_person and self.voices.official and said.QUOTES.search(self.text, 0, m.start()) is None

    def confession(self) -> Statement | None:
        """Of “he has confessed”: one man's deed, who is in custody and speaks for no group."""
        m = said.CONFESSED.search(self.text)
        if m is None or any(a.named for a in self.who) or _negated(self.text, m.end()):
            return None
        if m["he"] and not said.CUSTODY.search(self.text):
            return None
        return self._state(m, C.STATED_FACT, None, "attribution.confessed")

    def _own(self, m: re.Match[str]) -> bool:
        """Whether the one who says “it had” is an actor: an army only of its strikes, the rest it does is police work."""
        at = m.start()
        subject = self._before(at + 1)
        spoke = self.voices.authority_before(self.voices.start + at)
        officer = spoke > max((a.end for a in subject if a.named), default=-1)
        officer = officer or (bool(subject) and said.STATE_ACTOR.search(subject[-1].name) is not None)
        if officer:
            return bool(subject) and said.STRIKES.search(m[0]) is not None
        return bool(subject) or said.BODY_SPEAKS.search(self.text, 0, at) is not None

    def hint(self) -> Statement | None:
        """Of “It may have been the work of X”, “the hallmarks of X”."""
        if not self.who:
            return None
        text, start = self.text, self.voices.start
        for m in said.HINT.finditer(text):
            if m[0].lower().startswith(("may", "might", "could")) and (
                _negated(text, m.start())
                or not (
                    said.TIE.search(text, m.end(), m.end() + 60)
                    or said.BY_NEAR.search(text[: self.who[0].start - start])
                    or self._before(m.start(), 45)
                    or any(0 <= a.start - start - m.end() < 40 for a in self.who)
                )
            ):
                continue
            firm = said.ACCUSE.search(text)
            if firm is not None and not 0 <= firm.start() - m.end() < 40 and not _negated(text, firm.start()):
                return None
            near = min(self.who, key=lambda a: abs(a.start - start - m.end()))
            return self._state(m, C.POSSIBLE, near, "attribution.hedged")
        return None

    def accusation(self) -> Statement | None:
        """Of “officials blamed X”, “X is thought to be behind it”, “guards say X”."""
        text, start = self.text, self.voices.start
        for pattern in (said.ACCUSE, said.TIE, said.OPINION):
            for m in pattern.finditer(text):
                if pattern is said.TIE and m[0].lower().startswith(("link", "tied")) and self._before(m.start(), 3):
                    continue
                if not _negated(text, m.start()) and (accused := self._accused(m, firm=pattern is said.ACCUSE)):
                    return self._state(m, self._how_firm(m, accused), accused, "attribution.accused")
        for a in self.who:
            at = a.start - start
            if said.SAY_WHO.search(text, max(0, at - 30), at) and said.OF_THE_KIND.match(text, a.end - start):
                return Statement(a.start, a.end, self._level(at), a.name, "attribution.said")
        return None

    def _how_firm(self, m: re.Match[str], accused: Actor) -> C:
        """An accusation, but for a message that goes round, and for what the reporter himself writes as a fact."""
        start = self.voices.start
        heard = self.voices.authority_before(start + m.start()) >= 0
        if accused.named and not heard and said.NAMELESS_VOICE.search(self.text, 0, m.start()):
            return C.CLAIMED
        plain = accused.named and self.voices.unspoken() and not said.OPINION.search(self.text)
        if plain and said.PLAINLY.match(self.text, m.start()):
            return C.STATED_FACT
        return self._level(m.start())

    def _accused(self, m: re.Match[str], *, firm: bool) -> Actor | None:
        """The one whom a predicate is about: behind it within its clause, or before it where it is passive."""
        text, start = self.text, self.voices.start
        speaks_of = m[0].lower().startswith(("speak", "spoke"))
        if not firm and said.AS_SEEN.search(text, max(0, m.start() - 40), m.start()):
            return None
        reach = m.end() + (_OBJECT if firm else _NEAR)
        stop = re.search(r"\b(?:but|although|though|declined|while)\b|;|,\s+and\b", text[m.end() : reach])
        if stop:
            reach = m.end() + stop.start()
        for a in self.who:
            at = a.start - start
            if not m.end() - 1 <= at < reach or said.UNESTABLISHED.match(text, a.end - start):
                continue
            if said.OF_PLANNING.match(text, m.end(), at):
                continue
            quoted = said.QUOTED_BAND.match(text, m.end(), at) is not None
            if a.named or (not speaks_of or quoted if firm else at - m.end() < 45):
                return a
        if firm and (q := (said.ONE_QUOTED if speaks_of else said.QUOTED).match(text, m.end())):
            return Actor(start + q.start(), start + q.end(), "", named=False)
        if firm and (named := said.BY_NAME.match(text, m.start())) is not None:
            return Actor(start + named.start("name"), start + named.end("name"), named["name"], named=True)
        if (people := said.SOMEBODY.match(text, m.start()) or said.ACCUSED_OF.match(text, m.start())) is not None:
            return Actor(start + people.start(), start + people.end(), "", named=False)
        passive = said.PASSIVE.search(text, max(0, m.start() - 40), m.start()) or said.PASSIVE_ITSELF.match(m[0])
        return next(iter(reversed(self._before(m.start(), 60))), None) if passive else None

    def told_apart(self) -> Statement | None:
        """Of “officials said that they were Houthi missiles”: whoever says who did what was told before accuses him."""
        text, start = self.text, self.voices.start
        for m in said.TOLD_APART.finditer(text):
            for a in self.who:
                at = a.start - start
                if not m.end() - 1 <= at < m.end() + _OBJECT or re.search(r"[;.]|\bbut\b", text[m.end() : at]):
                    continue
                is_he = said.WHO_THEY_WERE.match(text, m.end(), at) is not None
                did = said.DONE_BY.search(text, m.end(), at) or said.FROM.search(text, m.start(), at)
                if (is_he or did) and (a.named or a.band) and not aimed_at(self.voices.body, start, a):
                    return self._state(m, self._level(m.start()), a, "attribution.told-apart")
        return None

    def account(self) -> Statement | None:
        """Of “It was flown by dissidents”, “the ELN put it there”: the doer told without hedge; somebody's word for it accuses."""
        body, start, end = self.voices.body, self.voices.start, self.voices.end
        if said.HABIT.search(self.text):
            return None
        for a in self.who:
            lead = body[max(start, a.start - 90) : a.start]
            if a.named and (which := said.WHICH.search(lead)) is not None and said.LAUNCHED.match(body, a.end, end):
                firm = self._level(a.start - start) if which["says"] else C.STATED_FACT
                return Statement(a.start, a.end, firm, a.name, "attribution.account")
            reported = said.REPORTED.search(lead) or said.AND_THAT.search(body, start, a.start)
            did = said.DID.match(body, a.end, end) is not None
            did_so = reported is not None and not did and said.DID_SO.match(body, a.end, end) is not None
            if (a.named or a.band or self.voices.official) and (
                said.BY.search(lead) or said.FROM.search(lead) or did or said.SOURCE.search(lead) or did_so
            ):
                told = did_so or said.RELATES.search(lead) is not None
                if not told and not a.named and not self.voices.official:
                    continue
                firm = self._level(a.start - start) if told else C.STATED_FACT
                return Statement(a.start, a.end, firm, a.name, "attribution.account")
        return None

    def voice(self) -> Statement | None:
        """Of “X's radio counted 59 dead”: a group has something to say of the deed, and does not disown it."""
        body, start = self.voices.body, self.voices.start
        if len({a.name for a in self.who if a.named}) != 1 or said.NOT.search(self.text):
            return None
        (doer, *_) = (a for a in self.who if a.named)
        speaks = said.ITS_VOICE.match(body, doer.end, self.voices.end)
        if speaks is None or said.STATE_ACTOR.search(doer.name) or aimed_at(body, start, doer):
            return None
        if (
            not said.BOASTS.search(speaks["told"])
            or said.SUFFERED.search(speaks["told"])
            or said.TO_COME.search(speaks["told"])
        ):
            return None
        return Statement(doer.start, speaks.end(), C.CLAIMED, doer.name, VOICE)

    def beside(self) -> Statement | None:
        """Of “the governor has one name for it: X”: someone speaks of the deed and of an actor, and takes nothing back."""
        body, start = self.voices.body, self.voices.start
        doers = [a for a in self.who if a.named and not aimed_at(body, start, a)]
        if len({a.name for a in doers}) != 1 or said.NOT.search(self.text):
            return None
        if len(self.text) > _SHORT and not said.THE_DEED.search(self.text):
            return None
        (doer, *_) = doers
        if said.VICTIM.match(body, doer.end, self.voices.end) or said.SPEAKS.match(body, doer.end, self.voices.end):
            return None
        if (heard := self.voices.present()) is None:
            return None
        last = self.voices.last()
        firm = C.SUSPECTED_BY_AUTHORITIES if (heard if last is None else last) else C.SUSPECTED
        return Statement(doer.start, doer.end, firm, doer.name, BESIDE)
