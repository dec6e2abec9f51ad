"""Chains of mails: envelopes tell nothing, and what the newest says was nothing is nothing in those below."""

import pytest

from streams.reading.text.mail import envelopes
from tests.unit.reader import reading_of

ENVELOPES = [
    "From: Lars\nSent: 10 April 2024 08:52\nTo: all\nSubject: RE: bomb at the gate",
    "De: Seguridad\nEnviado: jueves 19 sep 2024 9:10\nAsunto: bomba",
    "*From:* Lars\n*Date:* Tue, 5 Mar 2024",
    "-----Original Message-----\nFrom: Motor Pool",
    "---------- Forwarded message ---------",
    "On 20 Feb 2024 at 17:20 Field desk <desk@x> wrote:",
    "Le mar. 20 f\u00e9vr. 2024 \u00e0 17:20, Anne a \u00e9crit :",
    "-- in reply to --",
]
NONE = [
    "To: Bamako office\nFrom: camp TBU",
    "FROM: JOC CAMP BONDSTEEL\nSUBJ: SPOTREP 3",
    "Date: 3 March\nLocation: gate 2\nEvent: two shots",
    "From: the roof two men fired.",
    "On Monday 4 March he wrote a book about it.",
]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_an_envelope_is_found_above_its_mail(envelope: str) -> None:
    """Fields in several tongues, rules, and what programs put above what they quote."""
    text = f"Top.\n\n{envelope}\n\nTwo shots were heard."
    assert [text[start:end] for start, end in envelopes(text)] == [envelope]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_mail_has_no_envelope(text: str) -> None:
    """Messages of soldiers, forms and prose."""
    assert envelopes(f"{text}\nTwo shots were heard.") == []


ALARM = "From: Motor pool\nSent: 12 March 2024 14:14\nSubject: what was that\n\n{below}"
UNSAID = [
    (
        "Closing this. No attack, a bush fire reached the fence.",
        "Al-Shabaab fighters attacked Camp Simba today, planes burn.",
    ),
    ("There was no explosion at Camp Simba.", "A car bomb exploded at the gate of Camp Simba today."),
]
TOLD = [
    ("The generator of Camp Simba was not destroyed.", "Al-Shabaab fighters attacked Camp Simba today, planes burn."),
    ("There was no explosion at Mombasa port.", "A car bomb exploded at the gate of Camp Simba today."),
    ("Two were hurt, I hear.", "A car bomb exploded at the gate of Camp Simba today."),
]


@pytest.mark.parametrize("top, below", UNSAID)
def test_what_the_newest_mail_says_was_nothing_is_unsaid(top: str, below: str) -> None:
    """It is set aside where an older mail tells it, in whatever words."""
    receipt, mentions = reading_of(f"{top}\n\n{ALARM.format(below=below)}", kind="ngo", title="Re: camp simba")
    assert mentions == ()
    assert "chains.unsaid" in {a.rule for a in receipt.set_aside}


@pytest.mark.parametrize("top, below", TOLD)
def test_what_it_does_not_speak_of_stands(top: str, below: str) -> None:
    """Something else, another site, or what adds to it."""
    _, mentions = reading_of(f"{top}\n\n{ALARM.format(below=below)}", kind="ngo", title="Re: camp simba")
    assert len(mentions) == 1


def test_an_older_mail_unsays_nothing() -> None:
    """Below stands what was thought before."""
    text = f"A car bomb exploded at Camp Simba today, confirmed.\n\n{ALARM.format(below='There was no attack on us.')}"
    _, mentions = reading_of(text, kind="ngo", title="Re: camp simba")
    assert len(mentions) == 1
