"""The predicates by which a text says who did it: claims, accusations, opinions, ties, hints, accounts; what undoes them."""

from typing import Final

from streams.reading.text import gated as re

NOT: Final = re.compile(
    r"\b(?:no(?! (?:doubt|question|mystery|secret))|not(?! to be (?:named|identified|quoted)| authori[sz]ed)|nobody|no[- ]one|never|neither|nor|none|without|cannot|declin\w+(?! to be (?:named|identified|quoted))|refus\w+(?! to be (?:named|identified|quoted))|whether|unable|yet to|would only|den(?:y|ies|ied|ying)|reject\w*|dismiss\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
BREAK: Final = re.compile(
    r"[;:]|,\s+(?:but|though|although|however|and)\b|\b(?:but|though|although|however)\b",
    re.IGNORECASE,
)

RELATIVE: Final = re.compile(r",\s+(?:of\s+|to\s+)?(?:which|who|whom|whose)\b[^,;.]*,")
"""What is told of somebody between commas; a negation there is not of his deed."""

DEED: Final = r"(?:carried out|carry out|fired|launched|attacked|struck|hit|shelled|bombed|targeted|aimed|sent|flown|flew|stormed|raided|ambushed|abducted|kidnapped|seized|taken|killed|shot(?! down)|detonated|planted|laid|set|done|did|hacked|breached|encrypted|conducted|staged|mounted|dispatched|executed|rammed|sunk|sank|crippled|placed|blown up|burn(?:ed|t)|lobbed|thrown|opened|left|behind|responsible|bombarded|torched|sabotaged|cut|jammed|driven|drove|carried|hurled|dropped|used|overrun|overran|captured|destroyed|neutrali[sz]ed|crashed|steered|piloted|organi[sz]ed|ordered|punished|scored)"
CLAIM: Final = re.compile(
    r"\bclaim(?:ed|s|ing)?\s+(?:(?:the|full|its|on \w+)\s+)?(?:responsib|credit)|\b(?:t(?:ook|akes?|aken|aking)|accept\w*|assum(?:ed|es|ing)|acknowledg\w+|admit\w*)\s+(?:the\s+|full\s+){0,2}(?:responsib|credit|ownership)|\bown(?:ed|s) up\b|\bclaimed(?:\s+(?:within|on|at|an?|the|in|same|next|later|soon|afterwards?|hours?|days?|minutes|few|two|three|\w+day|evening|morning|night|once|immediately|shortly|since)){0,5}\s+by\b|\baccording to [^.;]{0,60}?\b(?:message|statement|communiqu[eé]|post|video|claim|leaflet)\s+(?:from|by|of|in the name of)\s+(?:the\s+(?:group|movement|militia|faction|rebels|jihadists|attackers)|its\b)|\bin the name of\b|\b(?:responsibility|credit)\s+(?:for [^.;]{2,40}\s)?(?:was|is|has been)\s+(?:\w+ly\s+)?(?:claimed|taken|assumed|accepted)\b|\b(?:admit(?:s|ted)|acknowledg(?:e|es|ed)|confess(?:es|ed)|confirm(?:s|ed))\s+(?:to\s+)?(?:having(?! (?:no|heard|seen|known|failed|received|been|taken money)\b)|being behind|sending|carrying out|firing|launching|shooting|planting|attacking|hitting|striking|bombing|shelling|staging)\b|\bboast(?:ed|s|ing)? (?:of|about)\b|\bput (?:its|their|his) name to\b|\bsaid (?:it|this|they|the (?:attack|strike|operation|raid|bombing)) (?:was|were|came) (?:in |a |an |its )?(?:retaliation|revenge|response|reply|punishment|answer|vengeance)|\bg(?:ave|iving) the name of\b|\b(?:is|are) proud of (?:it|this|the attack)\b|\bsigned (?:by )?(?:the |[\"“'‘])|"
    r"\bclaim(?:ed|s)\s+(?:the|this|that|an?|both|all|it|them|two|three|its)\b(?!\s+(?:li[fv]e|first|victim|second victim|toll))|\b(?:has|have|had) claimed\b(?! (?:the|its) (?:li[fv]e|first))|\bclaimed (?:on|in) [^.;]{2,30}\bto have\b|\b(?:publish|post|issu|releas|circulat|distribut)\w*\s+(?:a|its|the|their)\s+(?:\w+\s+)?claim\b|\bclaim(?:s|ed)? (?:to have|that its|that their)\b|"
    r"\b(?:was|were|is|are|as|been)\s+(?:theirs\b|ours\b|(?:its|their|his|our)\s+(?:(?:own\s+)?(?:doing|work|handiwork|operation|fighters|men|deed)\b|own(?=\s*[.,;\"”])))|"
    r"\bit was (?:them|us)\b|\bsa(?:y|ys|id) (?:that )?(?:they|it|he|she|we) (?:did it|had done it|was behind it|were behind it)\b|\b(?:is|are) OURS\b|\b(?:call|styl)(?:s|es|ing)?\s+(?:itself|themselves|himself)\b[^.;]{0,80}?\b(?:demand|want|threaten|warn|list)(?:s|ed|ing)?\b|(?:\b(?:is|was|letter|notes?|message|leaflets?|pamphlet|posters?|statement),?\s+signed|(?<=[.;]\s)signed),?\s+(?:by\s+)?(?-i:[A-Z]|al-|an?\s+(?:brigade|group|movement|front|committee))|\bclaim:\s+(?!none|nil|no\b|not\b|unk|n/a|neg|-)(?=\w)",
    re.IGNORECASE,
)
SELF: Final = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|announc(?:ed|es)|boast(?:ed|s)|declar(?:ed|es)|assert(?:ed|s)|stat(?:ed|es)|wrote|confirm(?:ed|s)|acknowledg(?:ed|es)|admit(?:s|ted)|confess(?:ed|es)|told|claim(?:ed|s)|message|statement)\b[^.;]{0,60}?\b(?P<self>it|they|we|he|(?:one|two|three|some|several|members|fighters|men) of (?:its|their|our)(?:\s+[\w\"“”'’\-]+){0,2}?|(?:its|their|our)\s+(?:[\w\"“”'’\-]+\s+){1,3}?|both|two|this)\s*(?:(?:were|was|is|are|had|have|has)\s+)?(?:(?:again|also|since|just)\s+)?[\"“‘]?"
    + DEED
    + r"\b",
    re.IGNORECASE,
)
NOT_DONE: Final = re.compile(
    r"\s+(?:(?:at|on|for|against|upon)\s+)?(?:not|never|no|nothing|nobody|none|neither)\b", re.IGNORECASE
)
"""Behind an own deed: “said that it did not”, “say that they have fired at no one”."""
UNDERGONE: Final = re.compile(
    r"\b(?:men|fighters|brothers|soldiers|members|positions|camps?)\s+(?:had|have|were)\s+(?:been\s+)?(?:attacked|struck|hit|shelled|bombed|targeted|ambushed|seized|taken|killed|shot|captured|abducted|raided)$",
    re.IGNORECASE,
)
"""Of “said that its men had been attacked”: what was done to them."""
OF_OTHERS: Final = re.compile(r"\b(?:was|were|been)\s+\w+\s+(?:\w+\s+){0,2}?by\b", re.IGNORECASE)
"""Of “said it was fired by X”: what another did."""
OWN_MEN: Final = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|announc(?:ed|es)|boast(?:ed|s)|declar(?:ed|es)|wrote|claim(?:ed|s)|message|statement)\b[^.;]{0,40}?\b(?:that\s+)?(?:(?P<self>(?:its|their|our)\s+(?:\w+\s+)?(?:men|people|fighters|brothers|mujahideen|squads?|units?|sons|lions|heroes))\s+(?:had|have)\s+[\"“]?(?!not\b|never\b|no\b|nothing\b|been\b|died\b|fled\b|lost\b|fallen\b|suffered\b|with[dh]\w+|come under|left\b)\w+|(?:it|they|he|we)\s+(?:had|have)\s+[\"“](?!no\b|not\b|nothing\b|never\b)\w)",
    re.IGNORECASE,
)
"""Of “announced that its men had spent the morning in the lion's bedroom”, “said that it had "put a match to the gas"”: a deed in figures."""
CLAIMS: Final = re.compile(
    r"(?:['’]s?)?(?:\s+(?:[\w\-]+\s+)?(?:spokes\w+|channels?|radio|website|media|agency|wing|branch))?,?\s+(?:(?:has|have|had|later|also|then|since|promptly)\s+){0,2}claim(?:s|ed)?\s+(?!no\b|nothing\b|not\b|neither\b|none\b|that\b|to\b|the\s+li[fv]|li[fv]e)(?=\w|[\"“‘])"
)
"""Behind an actor: he claims whatever it is."""
ANNOUNCES: Final = re.compile(
    r"(?:['’]s?)?(?:\s+[\w\-]+){0,3}?(?:,[^,;.]{2,70},)?\s+(?:(?:has|have|had|later|also|then|since|promptly)\s+){0,2}"
    r"(?:announc(?:es|ed)\s+(?:it\b|them\b|both\b|(?:the|its|their|this)\s+(?:[\w\-]+\s+)?(?:operations?|strikes?|raids?|salvos?|launch(?:es)?)\b)|sign(?:s|ed)\s+for\s+(?:it|them|both|this|that|the)\b)"
)
"""Behind an actor: he announces it, which only the doer does."""
STRIKES: Final = re.compile(
    r"\b(?:bombed|struck|hit|attacked|targeted|aimed|fired|launched|shelled|carried out|sent|destroyed)$", re.IGNORECASE
)
"""What an army claims of itself; the rest that armies do is police work."""
ITS_VOICE: Final = re.compile(
    r"(?:['’]s?)?(?:\s+(?:[\w\-]+\s+){0,2}?(?:spokes\w+|channels?|radio|website|outlets?|media|television|agency|statement|wing|branch|commanders?|leaders?|office))?(?:,[^,;.]{2,70},)?"
    r"\s+(?:(?:has|have|had|later|also|then|since|promptly)\s+){0,2}(?:sa(?:id|ys?)|announc(?:ed|es)|declar(?:ed|es)|stat(?:ed|es)|boast(?:ed|s)|wrote|explain(?:ed|s)|claim(?:ed|s)|g(?:ave|ives?) out|let it be known|sp(?:oke|eaks?) of|count(?:s|ed))\b(?P<told>[^.;]*)"
)
"""Behind an actor: his spokesman or his channel speaks."""
ITS_CAUSE: Final = re.compile(
    r"\baveng\w+|\b(?:attacks?|strikes?|salvos?|raid|operation|bombing|launch|fire|missiles?|rockets?|drones?|it|this|they)\s+(?:was|were|had been|came)\s+(?:(?:in|an?|its|as|meant as)\s+){0,2}(?:[\w\-]+\s+)?(?:retaliation|revenge|response|reprisal|reply|answer|punishment|vengeance)\b|^\s+(?:was|were)\s+(?:in|an?|its|their)\s+(?:[\w\-]+\s+)?(?:retaliation|revenge|response|reprisal|reply|answer|punishment|vengeance)\b|\b(?:it|they)\s+(?:was|were)\s+[\"“]?(?:punish|aveng|answer|respond|retaliat|strik|target|attack|hitt|bomb|shell)ing\b"
    r"|\b(?:missiles?|rockets?|drones?|shells?|bombs?|birds|volleys?|salvos?)\s+(?:had|have)\s+been\s+[\"“]?(?:fired|launched|sent|aimed|dispatched|lobbed)\b(?![^.;]*\b(?:by|from)\b)|\b(?:it|they|the \w+)\s+(?:was|were|had been)\s+aimed at\b"
    r"|\b(?:its|their)\s+(?:[\w\-]+\s+){0,2}(?:brigade|fighters|men|units?|squads?|brothers|soldiers)\s+(?:was|were|is|are|had|have)\s+(?:been\s+)?(?:still\s+)?(?:inside|in control|at work)\b",
    re.IGNORECASE,
)
"""What only the doer can tell: why it was done, at what it was aimed, that his men are inside."""
BOASTS: Final = re.compile(
    r"[\"“]\w|\b(?:killed|dead|died|perished|destroyed|burn\w*|struck|hit|attacked|downed|captured|seized|overrun|taken|holding|had|soldiers|apostates|crusaders|mercenaries|operation)\b",
    re.IGNORECASE,
)
"""What a group tells as done, or in words that are quoted for their own sake."""
SUFFERED: Final = re.compile(
    r"\b(?:civilians?|children|patients|people|women|martyr\w*|massacre|aggression|american|u\.?s\.?|israeli|zionist|coalition|enem(?:y|ies) (?:strikes?|aircraft|raids?)|air ?strikes?|from (?:the )?air)\b|\b(?:its|their)\s+(?:[\w\-]+\s+)?(?:men|fighters|positions?|members|camps?|leaders?)\s+(?:had|have|were|was)\b",
    re.IGNORECASE,
)
"""What a group tells that was attacked itself."""
TO_COME: Final = re.compile(r"\b(?:would|shall|remains?)\b", re.IGNORECASE)
"""Of “said that the answer would come "in its time"”: what a group threatens it has not done."""
SHOWN: Final = re.compile(
    r"\b(?:publish(?:ed|es)|post(?:ed|s)|releas(?:ed|es)|put out|puts out|have put out|has put out|issu(?:ed|es)|broadcast|air(?:ed|s)|circulat(?:ed|es)|upload(?:ed|s)|leak(?:ed|s)|distribut(?:ed|es)|shows?|present(?:s|ed)|names?d? (?:him|her|the (?:bomber|attacker|driver)|them))\b",
    re.IGNORECASE,
)
MEDIUM: Final = re.compile(
    r"\b(?:claims?|statements?|videos?|films?|footage|photo(?:graph)?s?|pictures?|images?|recordings?|messages?|communiqu[eé]s?|clips?|passports|files|documents|data|wills|raid|attack|operation|him|her|bomber)\b",
    re.IGNORECASE,
)
FIRST_PERSON: Final = re.compile(
    r"\b(?:we (?:have |had )?(?:hit|struck|hacked|breached|launched|fired|own|took|encrypted|carried out|did (?:it|this)|done (?:it|this)|attacked|bombed|targeted|were behind)|we had to do (?:it|this)|our (?:fighters|brothers|mujahideen|heroes)|our (?:\w+ ){0,2}(?:forces?|units?|men|soldiers|gunners|drones?|missiles?|rockets?|squads?|martyrs?) (?:\w+ )?(?:reached|hit|struck|launched|fired|carried|attacked|targeted|destroyed))\b",
    re.IGNORECASE,
)
WE: Final = re.compile(r"\b(?:we|us|ours?)\b", re.IGNORECASE)
QUOTES: Final = re.compile(r"[\"“‘:]")
LEAVES_OUT: Final = re.compile(
    r"\b(?:without|not|no|nor|made no)\s+(?:mention|nam|refer|speak|includ)\w*(?:\s+(?:of|to))?\s+(?:it|this|that|the|one|any|[A-Z]\w+)\b"
)
"""Of “said it had attacked four bases, without mentioning one there”: this deed is none of them."""
BODY_SPEAKS: Final = re.compile(
    r"\b(?:group|faction|militia|outfit|gang|movement|organi[sz]ation|militants|rebels|separatists|insurgents|jihadists|brigade|battalion|hackers|it|they)\b",
    re.IGNORECASE,
)

ACCUSE: Final = re.compile(
    r"\b(?:blam(?:e|es|ed|ing)|accus(?:e|es|ed|ing)|suspect(?:s|ed|ing)?(?=\s+\S)|attribut(?:e|es|ed|ing)|ascrib(?:e|es|ed)|finger(?:s|ed)|point(?:s|ed|ing)?\s+(?:(?:a|the|its|his|her|their|an accusing)\s+finger\s+)?(?:at|to|towards?)|(?:h(?:old|olds|olding|eld)|consider(?:s|ed)?)\b(?=[^.;]{2,60}\b(?:responsible|to blame)\b)|"
    r"(?:nam(?:ed?|es)|identif(?:y|ies|ied))\b(?=[^.;]{2,40}\bas (?:the|its|their|his))|(?:se(?:e|es|eing)|saw|suspects?|puts?)\b(?=[^.;]{2,50}\bbehind\b)|(?:se(?:e|es|eing)|saw|detects?|detected) the (?:hand|work|handwriting) of|(?:put|puts) (?:it|this|that|them|both|the \w+) down to|(?:put|puts) the (?:blame|guilt|responsibility) on|(?:held|presumed|understood|believed|thought|said) to (?:belong to|be (?:members|fighters|men) of)\b|la(?:id|ys?) (?:it|this|(?:the )?(?:blame|responsibility|guilt)|the \w+)(?: \w+){0,3} (?:at the (?:door|feet) of|on|with)|implicat(?:e|es|ed|ing)|incriminat\w+|fault(?:s|ed)|speaks? of|spoke of|(?:takes?|took) (?:it|them|this|that|him|her) (?:for|to be)\b|has its eye on|\b(?:culprits?|perpetrators?|those behind)\b[^.;:,]{0,30}[:,]|does this sort of thing|(?:investigation|inquiry) is directed at|trac(?:ed|es)\b(?=[^.;]{2,40}\bto\b)|charg(?:es|ed)\b(?=[^.;]{2,60}\bwith\b)|on suspicion|has a suspect|(?:behind|responsible for) (?:it|this|them|both|all|these|such|the (?:\w+ )?(?:attack|raid|assault|bombing|strike|shelling|explosion|blast|shooting|ambush|killing|fire|arson|kidnapping|abduction|sabotage|theft|breach|intrusion|incident|launch|salvo|drone|rocket|missile|plot|plan|operation|act|deed|violence|unrest|jamming|hack|threat)\w{0,3})\b)",
    re.IGNORECASE,
)
OPINION: Final = re.compile(
    r"\b(?:believ(?:e|es|ed|ing)|think(?:s|ing)?|thought|presum(?:e|es|ed)|suppos(?:e|es|ed)|assum(?:e|es|ed|ing)|reckon(?:s|ed)?|assess(?:es|ed)?|judg(?:e|es|ed)|estimat(?:es|ed)|conclud(?:es|ed)|convinced|certain|(?:treat(?:s|ed|ing)?|regard(?:s|ed|ing)?|describ(?:es|ed|ing)|views?|sees?)\b(?=[^.;]{1,30}\bas\b)|said (?=(?:by|to (?:have|be (?:behind|responsible|linked|from|the|an?|members|fighters|men|in the pay))|to belong)\b)|alleg(?:es|ed)|working assumption|assumption|probably|likely(?! to (?!have\b|be the (?:work|hand)))|presumably|apparently|evidently|(?:appear|seem)(?:s|ed)? to (?:be|have been)|in all (?:likelihood|probability)|almost certainly|suspicion|suspected|suggest(?:s|ed|ing)?|insist(?:s|ed)?|maintain(?:s|ed)?|no doubt|prob|susp|attrib)\b",
    re.IGNORECASE,
)
TIE: Final = re.compile(
    r"\b(?:(?:was|were|is|are|be|been|being|stood|stands)\s+(?:\w+ly\s+)?(?:behind|to blame|responsible)|(?:bears?|bore|bearing|with|has|had|carr(?:y|ies|ied)) (?:all )?the (?:marks?|fingerprints|stamp|signature|signs) of|link(?:s|ed) (?:\w+ ){0,3}?(?:to|with)|tied to|ties to|followers of|working for|worked for|acted for|acting for|on behalf of|on the orders of|at the behest of|in the (?:pay|service|employ) of|(?:paid|hired|recruited|trained|run|directed|commanded) by|(?:work|handiwork|hand) of|belong(?:s|ed|ing)? to|came from|(?:trail|trace|tracks?|clues?|evidence) (?:leads?|led|points?|pointed) to|handwriting of|sympathi[sz]ers? of|signature|(?:orders?|instructions?|money|payments?|tasks?)(?:\s+and\s+\w+)?\s+from|on\s+the\s+instructions?\s+of|in\s+touch\s+with)\b",
    re.IGNORECASE,
)
TOLD_APART: Final = re.compile(
    r"\b(?:(?:according to [^.;,]{2,40}?,?|(?:is|are|was|were|am) (?:\w+ )?(?:sure|certain|convinced|positive))|say|says|said|saying|added|insists?|insisted|maintains?|maintained|asserts?|asserted|states?|stated|explained|concluded|established|told\s+[\w ]{2,20})(?<=[\w,])(?:\s+(?:at once|on \w+day|\w+ly|later|again))*\s+(?:that\s+)?"
    r"(?:it|they|he|these|those|both|all|(?:the|this|that|\w+day['’]s)\s+(?:\w+\s+){0,2}?(?:men|attackers?|assailants?|gunm[ae]n|raiders|bombers?|culprits?|perpetrators?|rockets?|missiles?|drones?|shells?|rounds|mortars?|bombs?|devices?|charges?|mines?|attack|raid|strike|blast|explosion|fire|salvo|shots|operation|planes?|aircraft|machines?|objects?|projectiles?|barrels?|bullets?|grenades?|gang|team|boats?|call|letter|threat))"
    r"\s+(?:(?:had|have|has)\s+(?:all\s+)?been|was|were|is|are|came|(?:had|have|has)\s+come)\b(?!\s+(?:not|no|never|unable|aware)\b)",
    re.IGNORECASE,
)
"""Of “officials said that they had been launched by”: the deed was told before, now somebody says who did it."""
WHO_THEY_WERE: Final = re.compile(r"\s+(?:all\s+|both\s+|probably\s+|in fact\s+)?(?:an?\s+|the\s+)?(?:\w+\s+)?$")
"""Between that and a name: "they were Houthi missiles"."""
DONE_BY: Final = re.compile(
    rf"\b(?:{DEED[3:-1]}|arranged|paid for|perpetrated|committed|orchestrated|planned|prepared|masterminded|coordinated|instigated|lit|started|hidden|stolen|looted)\b[^.;]{{0,60}}?\bby\s+[\"“‘]?(?:the\s+|an?\s+)?[\"“‘]?(?:[\w\-]+\s+){{0,2}}?$",
    re.IGNORECASE,
)
"""Between that and a name: "they had been launched from Hamdaniya, by a brigade"."""
_PERSON: Final = r"(?:man|woman|men|women|boys?|girls?|youths?|teenagers?|students?|pupils?|suspects?|prisoners?|drivers?|employees?|workers?|guards?|reservists?|soldiers?|recruits?|conscripts?|brothers?|sisters?|cousins?|neighbou?rs?|farmers?|fisherm[ae]n|cleaners?|gardeners?|cooks?|porters?|labourers?|mechanics?|electricians?|contractors?|clerks?|villagers?|herders?|suitor|lover|husband|wife|son|the (?:two|three|four|five)|one of (?:them|the \w+)|both)"
_TO_POLICE: Final = r"told\s+(?:the\s+|a\s+|an\s+)?(?:\w+\s+)?(?:police|policem[ae]n|investigators?|detectives?|officers?|magistrate|judge|court|interrogators?|prosecutors?)\s+(?:that\s+)?(?:he|she|they)"
TOLD_POLICE: Final = re.compile(rf"\b{_TO_POLICE}\b", re.IGNORECASE)
"""Who sent him, as one who is held tells it: what the authorities know."""
_DOING: Final = r"(?:throwing|setting|starting|firing|planting|making|writing|sending|cutting|sawing|shooting|driving|ringing|phoning|calling|placing|laying|lighting|pouring|breaking|stabbing|stealing|burning|flying|attacking|killing|taking)"
CONFESSED: Final = re.compile(
    rf"\b(?:(?P<he>he|she|they|who)|{_PERSON}(?:\s+(?:of|aged)\s+\d+)?)(?:\s*,[^,.;]{{1,40}},)?\s+(?:(?:was|were|is|are)\s+[^.;,]{{3,60}}?\s+and\s+)?(?:(?:has|have|had|since|later|also|now|then)\s+){{0,2}}"
    rf"(?:confess(?:es|ed)?(?=\s*(?:[.,;:]|$)|\s+(?:to\s+(?:it|the|this|having|both|all|{_DOING})|before|during|in|on|at|and)\b|\s+(?:that\s+)?(?:he|she|they)\s+(?:had\s+)?{DEED})|plead(?:s|ed)?\s+guilty\b"
    rf"|admit(?:s|ted)?\s+(?:to\s+)?(?:it\b|everything\b|the\s+(?:deed|charges?|act|theft|attack)\b|(?:having\s+)?(?:{_DOING}|{DEED})\b)|{_TO_POLICE}\s+(?:had\s+|alone\s+)?(?:{DEED}|threw|drove|rang|wrote|made|began|sawed|poured|lit|stole|broke|meant|wanted)\b)",
    re.IGNORECASE,
)
"""Somebody who belongs to no group says to his captors that it was he."""
CUSTODY: Final = re.compile(
    r"\b(?:arrest\w*|detain\w*|custody|police|court|magistrate|judge|prosecut\w+|charged|interrogat\w+|investigat\w+|caught|handed over|gave himself up|cell|hearing|trial)\b",
    re.IGNORECASE,
)
"""Of “he confessed”: one who is held, no minister."""
PLAINLY: Final = re.compile(
    r"(?:belong(?:s|ed)? to|(?:was|were|is|are) behind|(?:behind|responsible for) (?:it|both|all|the \w+)|acted for|worked for|(?:paid|hired|recruited) by)\b",
    re.IGNORECASE,
)
"""What is a fact where nobody is said to say it; marks, trails and hallmarks are none."""
NAMELESS_VOICE: Final = re.compile(
    r"\b(?:statements?|posts?|messages?|recordings?|videos?|leaflets?|communiqu[eé]s?|notes?)\b[^.;]{0,60}\b(?:channels?|telegram|social media|whatsapp|websites?|online|forums?|mosque|walls?)\b[^.;]{0,40}\b(?:sa(?:id|ys?)|attribut\w+|claim\w*)\b|\bchannels? (?:close|linked|loyal|belonging) to\b[^.;]{0,40}\bsa(?:id|ys?)\b",
    re.IGNORECASE,
)
"""A message that goes round and says whose deed it was: the doer's own word, whoever wrote it down."""
SAY_WHO: Final = re.compile(
    r"\b(?:sa(?:y|ys|id)|nam(?:ed|es))\s+(?:(?:it was|they were|that it was|that they were)\s+)?(?:(?:by|the work of)\s+)?(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
HINT: Final = re.compile(
    r"\bposs(?:ibl[ey])?\b(?!\s+(?:attack|target))|\b(?:may|might|could)\s+(?:(?:just as well|well|also|equally|still|even)\s+)?(?:be|have)\b|\bperhaps\b(?!\s+(?:\d|(?:an?|some)\s+(?:dozen|score|hundred|thousand|few|couple)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty)\b)|\bconceivabl\w+|\binspired by\b|\ba guess\b|\brumou?red\b|\bhallmarks?\b|\bfootprints?\b|\bspeculation\b|\bspeculat(?:es|ed)\b|\bwonder(?:s|ed|ing)?\b|\b(?:style|manner|method|technique|pattern)\b(?=[^.;]{0,30}\b(?:recalls?|of|resembl\w+|like)\b)|\b(?:recalls?|resembl(?:e|es|ed|ing)|remind(?:s|ed|ing)?(?=[^.;]{0,40}\bof\b))\b|\bhint(?:s|ed|ing)? at\b|\blow conf\w*|\breminiscent\b|\bconsistent with\b|\bnot be (?:amazed|surprised)\b|\breasons? to (?:think|believe|suspect|assume|fear)\b|\b(?:lines?|avenues?|strands?) of (?:inquiry|enquiry|investigation|thought)\b|\b(?:one|some|several|two|three) of the (?:theories|hypotheses|possibilities|versions|leads)\b|\bamong the (?:theories|hypotheses|possibilities|versions|leads)\b|(?:\b(?:cannot|not|nor|hardly|refus\w+ to)|n['’]t) (?:\w+ ){0,3}(?:ruled? out|excluded?|discount(?:ed)?)\b|\b(?:of a (?:type|kind|make|model)|like those|similar to those)\b[^.;]{0,30}\bused\b|\btypical of\b|\bin the style of\b|\bwould fit\b",
    re.IGNORECASE,
)
BY: Final = re.compile(
    r"\b(?P<done>fired|launched|sent|flown|carried out|staged|planted|laid|dispatched|conducted|mounted|driven|set|dug|claimed|done|perpetrated|committed|orchestrated|ordered|attacked|hit|struck|raided|bombed|shelled|stormed|overrun|ambushed|targeted|abducted|kidnapped|seized|killed|shot|taken|torched|hacked|jammed|blocked|besieged|wounded|organi[sz]ed|arranged|paid for|prepared|hidden|thrown|dropped|burned|burnt|looted|stolen|cut)\b[^.;,]{0,50}?\s+by\s+[\"“‘]?(?:the\s+|an?\s+)?[\"“‘]?(?:(?!the\b|an?\b)[\w\-]+\s+){0,3}?$",
    re.IGNORECASE,
)
FROM: Final = re.compile(
    r"\b(?:launched|fired|sent|flown|directed)\s+from\s+(?:the\s+\w+\s+of\s+)?$|\b(?:(?:came|comes?|coming) under\s+(?:[\w\-]+\s+){0,3}(?:from|by)|(?:fire|gunfire|shells|rockets|missiles|drones|shelling|mortars|rounds|shots|attack|assault|raid|bombardment)\s+(?:from|by)|(?:drones?|UAVs?|aircraft|missiles?|rockets?)\s+of)\s+(?:the\s+|an?\s+)?(?:[a-z][\w\-]*\s+){0,2}?$"
)
"""Before the doer: "came under fire from", "hit by shells from"."""
SPEAKS: Final = re.compile(
    r"(?:,[^,.;]{2,40},)?\s+(?:\w+\s+)?(?:says|said|told|called|claimed|announced|boasted|declared|condemned|welcomed|praised|promised|warned|replied|answered)\b"
)
"""Behind an actor: he is the one who speaks."""
THE_DEED: Final = re.compile(
    r"\b(?:it|them|this|that|who|whose|whom|these|those|both|the (?:\w+ )?(?:attack|raid|assault|drone|missile|rocket|bomb|shell|mine|fire|shots?|men|attackers?|gunm[ae]n|bomber|blast|explosion|strike|shelling|name)s?)\b",
    re.IGNORECASE,
)
"""What a sentence calls the deed just told, or its doer."""
HABIT: Final = re.compile(
    r"\b(?:has|have|had|owns?|possess(?:es)?) (?:such|similar|the same) \w+|\b(?:such|similar|other|earlier|previous|past) (?:attacks|raids|strikes|bombings|assaults|incidents)\b|\bin the past\b|\bbefore\s*[.;]|\b(?:often|frequently|regularly|usually|routinely)\b|\bhad (?:vowed|threatened|warned|promised|sworn)\b"
)
"""What is told of a group's habits is no account of this deed."""
FROM_DONE: Final = re.compile(
    r"\b(?:launched|fired|sent|flown|directed|fire|gunfire|shells|rockets|missiles|drones|shelling|mortars|rounds|shots|attack|assault|raid|bombardment)\s+from\b",
    re.IGNORECASE,
)
BY_DONE: Final = re.compile(r"\bby\b", re.IGNORECASE)
SAID: Final = re.compile(r"\b(?:sa(?:y|ys|id)|nam(?:ed|es)|claim(?:s|ed))\b", re.IGNORECASE)
BY_NEAR: Final = re.compile(r"\bby\s+[\"“‘]?(?:the\s+|an?\s+)?[\"“‘]?(?:[\w\-]+\s+){0,2}?$", re.IGNORECASE)
REPORTED: Final = re.compile(
    r"\b(?:sa(?:y|ys|id)|has it|wrote|writes|told\s+[\w ]{2,20}|claim(?:s|ed)|according\s+to\s+(?:[\w\-]+\s+){1,4}),?\s+(?:that\s+)?(?:the\s+|an?\s+|it\s+was\s+)?(?:[\"“‘]?[a-z]\w+\s+){0,4}[\"“‘]?$"
)
"""Before what somebody tells."""
DID: Final = re.compile(
    r"(?:[\"”’]?\s+(?:\w+\s+){0,2}?|(?:\s+[\w\-]+){1,5}[\"”’]\s+)(?:(?:had|has|have)\s+)?(?:did (?:it|this|that)|done (?:it|this)|sent (?:it|them)|fired (?:it|them)|launched (?:it|them)|taken (?:them|him|her|it)|took (?:them|him|her)|put (?:it|them)|carried (?:it|them) out|planted (?:it|them)|left (?:it|them)|(?:laid|flew|flown|threw|thrown|dropped|shot|set|hid|drove|steered|built) (?:it|them))\b"
)
_SENT: Final = r"(?:launched|fired|sent|flew|carried\s+out|staged|dropped|planted)\b"
WHICH: Final = re.compile(r",?\s+which\s+(?:(?P<says>\w+|the\s+\w+)\s+sa(?:ys?|id)\s+)?(?:the\s+)?$")
LAUNCHED: Final = re.compile(rf"(?:['’]s?)?(?:\s+[\w\-]+){{0,2}}?\s+(?:(?:had|has|have)\s+)?{_SENT}")
"""Of "one of the drones which Russia launched that night", "the raid, which it says Israel carried out"."""
RELATES: Final = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|has it|wrote|writes|tells?|told|states?|stated|insists?|insisted|claim(?:s|ed)|according to|per)\b[^;:\"“”]*[\"“‘]?$",
    re.IGNORECASE,
)
"""Before what somebody tells, however far: of "said the lorry had been sent by X" it is not the reporter's word."""
AND_THAT: Final = re.compile(r"\bsa(?:y|ys|id)\b[^.;]*\band that\s+(?:the\s+)?[\"“‘]?$")
"""Before what somebody tells as the second: “says the man was a foreigner and that X sent him”."""
DID_SO: Final = re.compile(
    rf"(?:(?:['’]s|(?<=['’]s))\s+(?:\w+\s+){{1,4}}?)?[\"”’]?\s*(?:\b(?:fighters|men|gunmen|militants|cells?|units?|branch|faction)\s+)?\b(?:(?:had|has|have)\s+)?(?:{DEED}|lit|started)\s+(?:it|them|him|her|both|all|these|those|the)\b"
)
"""Behind an actor of whom somebody speaks: “the army said X had fired the shells”."""
SOURCE: Final = re.compile(
    r"\b(?:originat\w+|came|comes|coming|root|roots)\b[^.;]{0,50}?\b(?:from|in)\s+(?:the\s+)?(?:so-called\s+)?$",
    re.IGNORECASE,
)
DISOWNS: Final = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:reject|den(?:y|ies|ied)|condemn|disown|deplor|distanc|welcom|prais|dismiss|regret|mourn|call|disavow)\w*\b"
)
"""Behind an actor: he has something to say of the deed, which is not that he did it."""
ITS_WEAPON: Final = re.compile(
    r"[\w'’\-]+\s+(?:(?!with\b|of\b|\w+ing\b)[\w\-]+\s+){0,2}?(?:drones?|uavs?|missiles?|rockets?|projectiles?|shells?|bombs?|mines?)\b",
    re.IGNORECASE,
)
"""An actor with what he sent: it may be stopped, which tells of no victim and no defender."""
VICTIM: Final = re.compile(
    r"(?:['’]s)?(?:\s+[\w\-]+){0,2}?\s+(?:was|were|is|are|been|being|had been|came under|come under|suffered|lost|escaped|died|housed|stationed|based|deployed)\b(?!\s+(?:behind|seen|able|heard|responsible))"
)
"""Of “X fighters were”, “X lost”: he is the one it was done to."""
HARMED: Final = re.compile(
    r"(?:['’]s)?(?!\s(?:[\w\-]+\s){0,2}(?:drones?|uavs?|missiles?|rockets?|projectiles?|shells?|boats?|skiffs?|aircraft|jets?|bombs?|mines?|weapons?)\b)(?:,?\s+(?!(?:who|which|that|when|after|as|and|but|while|before|was|were|has|have|had|shot|threw|hit|struck|blew|drove|set|cut|broke|flew|sent|shelled)\b)"
    r"(?!(?!(?:arm|uniform|mask|hood|station|post|bas|unnam)ed\b)\w+ed\b)[\w\-'’.]+){0,12}?,?\s+(?:was|were|has been|have been|had been)\s+(?:\w+ly\s|all\s|both\s|also\s)?"
    r"(?:wounded|killed|injured|hurt|hit|struck|shot(?!\s(?:at|down)\b)|attacked|ambushed|blown|burn\w*|stabbed|slain|murdered|abducted|kidnapped|targeted|bombed|shelled|rammed|beaten|maimed|run over)\b"
)
"""Of “two X guards outside the gate were wounded”: a noun phrase of X's, however long, that suffers the deed."""
DEFENDS: Final = re.compile(
    r"(?:\s+[\w\-]+){0,10}?\s+(?:found|discovered|detected|spotted|intercepted|shot down|downed|destroyed|repelled|repulsed|foiled|thwarted|arrested|detained|defused|neutrali[sz]ed|stopped|caught|sank|sunk|chased|fired\s+(?:on|at)\s+and|seized(?! (?:the|an?|part of|control of) (?:[\w\-]+ ){0,2}(?:base|camp|post|airport|port|terminal|plant|hospital|compound|prison|facility|field|site|hub|depot|refinery)\b)|recovered|returned fire|responded|beat back|brought down|engaged)\b"
)
SPEAKER: Final = re.compile(
    r"(?:['’]s?)?(?:\s+[\w\-]+){0,3}?\s+(?:sources?|officials?|spokes\w+|officers?|ministers?|ministry|analysts?|experts?|diplomats?|statements?|media)\b"
)
"""Behind the name of a state or group: somebody of it speaks, it does not act."""
SAYS: Final = re.compile(r"\s+(?:\w+\s+)?(?:says|said|claims|claimed|announced|boasted|declared)\b")
CONTESTED: Final = re.compile(
    r"\b(?:reject|dismiss|den)\w*\s+(?:the|this|that|any such|such)\s+(?:accusation|charge|allegation|claim|report)s?\b(?! that)|\b(?:call|brand|label)\w*\s+(?:it|that|this|the (?:accusation|charge|allegation|claim|report)s?)\s+(?:an?\s+)?(?:slander|nonsense|absurd|laughable|lies?|baseless|fabrication|invention|provocation|false|untrue)\b|\blaughed (?:off the accusation|the accusation off)",
    re.IGNORECASE,
)
WHICH_DID: Final = re.compile(rf"\bwhich\b[^.;]{{2,60}}?\b{_SENT}")
ANNOUNCED: Final = re.compile(r"\b(?:announc(?:es|ed)|sign(?:s|ed)\s+for)\b")
PREDICATES: Final = re.AnyOf(
    CLAIM,
    SELF,
    OWN_MEN,
    SHOWN,
    FIRST_PERSON,
    CONFESSED,
    TOLD_APART,
    HINT,
    ACCUSE,
    TIE,
    OPINION,
    SAID,
    BY_DONE,
    DID,
    SOURCE,
    CONTESTED,
    FROM_DONE,
    ANNOUNCED,
    WHICH_DID,
)
"""What a sentence must hold one of to state anything."""
STATE_ACTOR: Final = re.compile(
    r"\b(?:army|navy|military|air force|forces|government|authorities|police|ministry|Russia|Israel|Iran|Turkey|Ukraine)\b(?!-|['’]s (?:Islamic )?Revolutionary)"
)
SUPPOSED: Final = re.compile(
    r"\b(?:believed|thought|presumed|assumed|supposed|said|understood|assessed|judged|considered|alleged)\s+(?:by\s+[^.;,]{2,40}\s+)?to\s+(?:be|have)\b[^.;,]*$|\b(?:apparently|presumably|probably|seemingly|evidently|allegedly|supposedly)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
"""Before an actor: that he did it is what is believed, not what is told: "believed by the mission to have been fired by"."""
OF_PLANNING: Final = re.compile(
    r"\w*\s+(?:of|with)\s+(?:planning|plotting|preparing|conspiring|trying|attempting)\s+to\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Between an accusation and a word: it is what was planned, not who planned it."""
OF_ITSELF: Final = re.compile(
    r",\s+(?:the|that)\s+(?:\w+\s+)?(?:group|movement|militia|faction|outfit|gang|organi[sz]ation|collective|insurgents|rebels|jihadists|guerrillas|hackers|activists)(?:['’]s?\s+\w+)?\s+(?:said|says|announced|claimed|wrote|added|posted)\b|\baccording\s+to\s+(?:the|that)\s+(?:group|movement|militia|faction|outfit|collective)\b"
)
"""Behind a deed told of a group: it is the group that tells it."""
AS_THEY_SAY: Final = re.compile(
    r"\b(?:described as|(?:believed|thought|suspected|presumed|assumed|alleged|assessed|understood|said) to (?:be|have been)|called|call|calls|termed|presented as|said (?:was|were)|what [^.;,]{2,60} (?:describe[sd]?|call(?:s|ed)?)(?: as)?)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
"""Before an actor: somebody's words for it, not the reporter's."""
OF_THE_KIND: Final = re.compile(
    r"\s*(?:(?:splinters?|dissidents|cells?|fighters|men|faction|units?|gangs?|remnants|elements|proxies|militants|youths|again|this time)\b)?[^\S\n]*(?:[.,;\n]|$)"
)
"""Behind a bare name that somebody says: "Ankara says PKK splinter"."""
UNESTABLISHED: Final = re.compile(
    r"\s+(?:was |were |is |are )?(?:not (?:\w+ )?(?:established|known|identified|named)|unknown|unidentified)\b"
)
CHARGED: Final = re.compile(
    r"\b(?:was|were|been|be|is|are)\s+(?:\w+\s+)?(?:charged|indicted|arraigned|accused in court)\b"
)
"""Only courts and prosecutors do that."""
SIZED_UP: Final = re.compile(r"\bU(?:NIT)?\s*[:\-]\s+$")
"""The line of a field report for whose unit it was: what stands there is the reporting force's judgement."""
ACCUSED_OF: Final = re.compile(
    r"accus(?:e|es|ed|ing)\s+[^.;]{3,70}?\s+of\s+(?:being\s+behind|carrying\s+out|firing|launching|sending|staging|ordering|bombing|shelling|attacking|planting|organi[sz]ing|arming|paying|sponsoring)\b",
    re.IGNORECASE,
)
"""An accusation of the deed, whomever it names: "accused the presidents of France and Benin of being behind the raid"."""
SOMEBODY: Final = re.compile(
    rf"(?:suspect(?:s|ed|ing)?|blam(?:e|es|ed|ing)|think(?:s|ing)?\s+of|thought\s+of|(?:(?:hand)?i?work|hand|doing)\s+of|(?:put|puts)\s+(?:it|this|that|them)\s+down\s+to)\s+(?:an?|one|two|three|four|some|several|his|her|its|their)\s+(?:[\w\-]+\s+){{0,2}}?{_PERSON}\b",
    re.IGNORECASE,
)
"""An accusation of people without a name: "the guards suspect two dismissed labourers"."""
BY_NAME: Final = re.compile(
    r"(?i:blam(?:e|es|ed|ing)|suspect(?:s|ed)?|accus(?:e|es|ed|ing)|(?:blam|attribut|ascrib)\w+\s+(?:\w+\s+){1,3}?(?:on|to)|put(?:s|ting)?\s+(?:\w+\s+){1,3}?(?:down\s+to|on)|\w+\s+to\s+(?:belong\s+to|be\s+\w+\s+of)|(?:behind|responsible\s+for)\s+(?:it|them|both|the\s+\w+)\s+(?:is|was|are|were))"
    r"\s+(?:the\s+|members\s+of\s+(?:the\s+)?)?(?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May\b|June|July|August)[A-Z0-9][\w'’]*[A-Z0-9a-z](?:-\w+)*(?:\s+(?:(?:of|for|al|ul|de)\s+(?:the\s+)?)?[A-Z0-9][\w'’\-]+){0,4})"
    r"(?![\w'’\-]|\s+[A-Z]|\s+of\s+(?!being|[a-z]+ing\s+(?:it|them|the|an?|two|three|four|five|several|rockets|missiles|drones|shells)\b))"
)
"""An accusation of a name that no list has; not of having failed or kept silent."""
ONE_QUOTED: Final = re.compile(r"\s+an?\s+[\"“‘']\w")
QUOTED_BAND: Final = re.compile(r"\s+[\"“‘'](?:the\s+)?$")
"""Before a word for a kind of doer that stands in quotation marks: “speak of "the militias"”."""
AS_SEEN: Final = re.compile(r"\bwhat\s+(?:[\w\-]+\s+){1,3}$")
"""Before an opinion that is about something else: "what they see as Western complicity"."""
QUOTED: Final = re.compile(r"\s+(?:what (?:it|he|she|they) calls? )?[\"“‘']\w")
PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|being|stood)\s+(?:\w+\s+)?$|\bwh(?:om|ich)\s+(?:[\w\-]+\s+){1,3}$"
)
PASSIVE_ITSELF: Final = re.compile(
    r"(?:was|were|is|are|be|been|probably|likely|presumably|apparently)\b", re.IGNORECASE
)
