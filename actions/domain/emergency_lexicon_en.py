"""The words of danger in English, small letters."""

# ruff: noqa: E501 - lists of words read best unbroken

from typing import Final

from actions.domain.emergency_rule import Rule, rule

_WORDS: Final = {
    "person": r"""child|kid|boy|girl|toddler|baby|son|daughter|mother|mum|mom|father|dad|grand\w+|wife|husband|brother
        |sister|neighbou?r|friend|man|woman|lady|guy|person|people|someone|somebody|worker|student|passer-?by
        |pedestrian|guard|elderly|resident|aunt\w*|uncle|year[- ]old""",
    "partner": "husband|wife|boyfriend|girlfriend|partner|ex|father|dad|stepfather|mother|son|he|she",
    "being": r"(?:is|are|was|were|has been|'s|got|being)",
    "a": r"(?:the |a |an |this |our |my |his |her |some )",
}

_TABLE: Final = (
    (
        "self_harm",
        r"""\b(?:want|wants|wanna|wanted|going|gonna|threatening|trying) to (?:die|jump(?! (?:rope|the queue))|end it)\b
        |\bkill(?:ing)? (?:my|him|her|them)sel(?:f|ves)\b|\bsuicid|don'?t want to (?:live|be alive)|do not want to live
        |\bend (?:my|his|her) life|end it all|self[- ]harm|\bcut(?:ting)? (?:my|her|him)sel?f?\w*|\bcut (?:her|his|my) wrists?
        |\boverdos|\btook (?:all |a lot of |too many |some )?(?:the |his |her )?(?:sleeping )?pills|can'?t go on(?: living|$|[.!])|don'?t want to be here|\b(?:about|of) ending it\b|\b(?:texted|wrote|posted|said|says)[^.!?\n]{0,12}\bgoodbye\b|\broof ledge|\bjump off the (?:roof|building|bridge)
        |\bon the ledge|\bgoing to jump|\babout to jump""",
        r"suicide lane|hotline|talk about",
    ),
    (
        "domestic_violence",
        r"""\bdomestic (?:violence|abuse)|\bchild abuse|\bbeat(?:s|ing)? me\b|\bhiding\b[^.!?\n]{0,20}\bfrom my (?:husband|partner|boyfriend|dad|father)|\b<partner>\b[^.!?\n]{0,20}
        \b(?:hits?|hitting|beats?|beating|hurts?|hurting|chok\w+|strangl\w+|abus\w+|punch\w*|kick\w*) (?:me|her|us|him|my|the)\b
        (?! (?:phone|car|bike))|\b(?:beating|hitting|hurting|abusing) (?:up )?(?:his|her|their|the|a) (?:wife|husband|child|kids?|son|daughter|girlfriend|mother)""",
        r"awareness|seminar|leaflet|sign up",
    ),
    (
        "violence",
        r"""\b(?:has|have|with|holding|waving|got|pulled|carrying) a (?:big )?(?:knife|gun|machete|axe|chopper)\b|\bstabb\w+
        |\bgun ?(?:shot|man|fire)\w*|\bshooting\b
        |\b(?:men|people|they|boys|guys|youths|drunks|neighbou?rs|someone|somebody) (?:are|is) (?:fighting|attacking|being attacked|beating)
        |\b<person> <being> (?:being )?(?:attack\w+|assault\w+|beaten|mugged|robbed|raped|kidnapped|stabbed)
        |\bi (?:was|am|am being|was just|got|just got|have been)(?: just)? (?:robbed|mugged|attacked|assaulted|beaten|stabbed|followed)
        |\bbreak(?:ing)? (?:down|into) (?:my|our|the|a)(?! sweat)|\bbroken? into my|\btrying to break in|\bbroke in\b|\bfight with (?:weapons|knives|bottles)|\bcall the police\b|\bintruder|\bburglars?\b[^.!?\n]{0,6}\b(?:in|inside|at)\b
        |\bthreaten\w* to (?:kill|stab|hurt)|\bassaulted\b|\bmolest\w*|\b(?:woman|lady|wife|girl|she|child)(?:'s| is)? (?:screaming|crying for help)|\b(?:screaming|shouting|calling|crying) for help|\bman with a (?:gun|knife)|\bbeing followed|\braped\b|\bkidnap\w*""",
        r"daylight robbery|\b(?:dogs?|cats?|birds?)\b[^.!?\n]{0,12}fight|over (?:a |the )?parking",
    ),
    (
        "trapped_in_lift",
        r"""\b(?:trapped|stuck|locked|shut) (?:inside |in )<a>?(?:lift|elevator)
        |\b(?:lift|elevator)\b[^.!?\n]{0,40}\b(?:trapped|people inside|someone inside|stuck inside|can'?t get out|we'?re inside|i'?m inside|we are inside|i am inside)
        |\b(?:lift|elevator) (?:has )?stopped[^.!?\n]{0,20}\b(?:us|people|someone|kids?|lady|baby|man|me)\b[^.!?\n]{0,10}\binside\b
        |\b(?:banging|shouting|crying|screaming|calling)\b[^.!?\n]{0,20}\b(?:inside|in|from) <a>?(?:lift|elevator)""",
        r"\b(?:no ?one|nobody|no people|not)\b[^,.!?\n]{0,12}(?:trapped|stuck|inside)|\b(?:got|was) stuck in[^.!?\n]{0,20}(?:last|ago|once|twice)",
    ),
    (
        "electric_shock",
        r"""\belectrocut\w*|\b(?:got|getting|had|received|gets) (?:an? )?(?:bad |severe |big )?(?:electric(?:al)? )shocks?\b
        |\b(?:got|getting|had) an? shock from""",
        "",
    ),
    (
        "fire",
        r"""\b(?:is|are|was|'s|caught|catches|catching|on|a|the|big|car|house|kitchen) (?:on )?fire\b
        (?! (?:drill|door|lane|alarm|access|stairs?|staircase|panel|bell|shutter|plan|assembly|extinguisher|escape|station|exit|safety|hydrant|engine|service|hazard|risk|hose|brigade
        |truck|fighter|warden|equipment|code|certificate|blanket|sprinkler|inspection|training|talk|trap|prevention))
        |(?:^|(?:help|救命)\W{1,4}|[!.] ?|[栋座楼号室房] ?)fire\b(?= ?(?:!|,|$|in\b|at\b|on\b|[0-9]{1,3} ?[栋座楼号室f]|[在喺啊呀快救]))|\bflames?\b|\bexplo(?:sion|ded)\b|\bblew up\b|\bburning down\b|\bspark(?:s|ing)\b
        |\b(?:is|are|'s|was|still) burning\b(?! (?:rubbish|paper|incense|leaves|trash|garbage|joss|offerings|me|hot|plastic|wood|wires?|cables?|stuff|things))""",
        r"fireworks?|lost everything|this \w+ is fire|firewall|\bso fire\b",
    ),
    (
        "fire",
        r"""\bsmoke\b[^.!?\n]{0,20}\b(?:pour\w*|coming|billow\w*|everywhere|filling|out of|from|in the)\b|\b(?:full|lots?|a lot) of smoke\b|\bthick smoke\b|\bsmell(?:s|ing)? (?:of )?(?:something )?burning""",
        r"cigarette|smoking|smokers?\b|restaurant|barbecue|bbq|incense|cooking",
    ),
    (
        "gas",
        r"""\bsmell(?:s|ing)? (?:like |of )?(?:strong )?gas\b|\bgas (?:is )?(?:leak\w*|escaping)|\bgas\b[^.!?\n]{0,12}\b(?:leak\w*|smell\w*|hiss\w*)
        |\bgassy\b|\bleaking gas|\bcarbon monoxide|\bgas odou?r|\bgas alarm\b[^.!?\n]{0,20}(?:beep|ring|going off)|\bhit a gas (?:pipe|main)|\bmercaptan|\brotten egg""",
        r"\b(?:no|not|without)\b[^,.!?\n]{0,10}gas|detector|bill|install",
    ),
    (
        "drowning",
        r"""\bdrown(?!ed out)\w*|\b(?:fell|fallen|slipped|jumped) (?:in|into) (?:the |a )?(?:river|water|pond|pool|canal|lake|creek)
        |\b<person>\b[^.!?\n]{0,10}in the (?:water|river|pond)\b""",
        r"\b(?:phone|keys?|bin|ball|bike)\b[^,.!?\n]{0,6}fell|drown(?:s|ing)? (?:in paperwork|out)",
    ),
    (
        "manhole",
        r"\b(?:fell|fallen) (?:in|into|down) <a>?(?:open |uncovered )?(?:manhole|drain|pit|sewer|shaft|well|hole)",
        r"\b(?:phone|keys?|wheel|ball|coin)\b[^,.!?\n]{0,6}fell",
    ),
    (
        "falling",
        r"""\b(?:fell|fallen|collapsed|dropped|landed)\b[^.!?\n]{0,30}\b(?:on|onto|hit|struck) <a>*(?:old )?(?:<person>|head|me)\b
        |\b(?:tiles?|window|branch|tree|brick|glass|flower ?pot|concrete|sign)\b[^.!?\n]{0,30}\bhit <a>*(?:<person>|head|me)\b""",
        "",
    ),
    (
        "collapse",
        r"""\b(?:building|wall|roof|ceiling|balcony|scaffold\w*|slope)\b[^.!?\n]{0,10}\b(?:is |are |has |just )*collaps(?:ed|ing)|\blandslide|\bflood ?water|\bflash flood""",
        r"last (?:year|month)|survey",
    ),
    (
        "injury",
        r"""\bunconscious\b|\bnot breathing\b|\bcan'?t breathe\b|\bcannot breathe\b|\bbleed(?:ing|s)\b|\bheart attack\b|\bhaving a stroke\b|\bseizure\b
        |\bpassed out\b|\bfainted\b|\bunresponsive\b|\bchok(?:ing|ed)\b|\bambulance\b|\bchest pains?\b|\bnot moving\b|won'?t wake up|\bin labou?r\b|\bpoisoned\b|\b(?:is|are|got) (?:badly )?(?:hurt|injured|wounded)\b|\b<person> (?:is|are) dying\b(?! (?:of|to))|\b(?:hurt|injured) (?:badly|seriously)\b|\bstopped breathing|\bblood everywhere|\b(?:lots?|so much) (?:of )?blood\b|\blosing blood|\bbroke (?:his|her|my) (?:leg|arm|hip)|\btrapped under|\bcan'?t wake|\b(?:child|kid|baby|toddler)\b[^.!?\n]{0,10}\blocked in
        |\b<person>\b[^.!?\n]{0,16}\bcollapsed\b|\b(?:hit|knocked (?:down|over)|run over|struck) by <a>?(?:car|bus|van|truck|lorry|bike|e-bike|motorbike|scooter|taxi)
        |\bfell\b[^.!?\n]{0,24}\b(?:can'?t|cannot|unable to) (?:move|get up|stand)|\b(?:badly|seriously|severely) (?:hurt|injured|burn\w*)\b
        |\bfell (?:off|from) (?:the |a )?(?:roof|balcony|scaffold\w*|ladder|window|\w+ floor)""",
        r"ambulance (?:access|bay|parking|can'?t)|smell|stink|noise",
    ),
    (
        "missing_person",
        r"""\bmissing (?:child|kid|boy|girl|toddler|person|elderly|old|grand\w+|son|daughter)
        |\b<person> (?:is|are|has been|has gone|went|has|have) (?:been )?(?:missing|gone missing|disappeared|lost\b(?! (?:his|her|their|my)))
        |\b(?:girl|boy|child|kid|toddler) (?:is )?lost\b(?! (?:his|her|the|a))|\b(?:can'?t|cannot|could not|unable to) find (?:my |our |the )(?:\w+ )?<person>\b(?!'s| who| to)
        |\b<person>\b[^,.!?\n]{0,24} (?:is|has been|has gone|went) missing|\bdementia\b[^.!?\n]{0,30}\b(?:find|missing|gone|lost|wander\w*)|\bwandered (?:off|out|away)\b|\bhasn'?t come home""",
        r"\b(?:cat|dog|pet|parcel|bike|kitten|puppy|phone|bag|key|card|wallet|shoes?|box|letter|book|form|pump|seat|cover|handrail|sign)\b",
    ),
    (
        "no_answer",
        r"""\b(?:old|elderly|lives alone|grand\w+)\b[^.!?\n]{0,30}\b(?:not answering|hasn'?t answered|no answer|not been seen)|\bfear the worst""",
        "",
    ),
)

ENGLISH_RULES: Final[tuple[Rule, ...]] = tuple(
    rule(kind, says, unless, words=_WORDS) for kind, says, unless in _TABLE
)
