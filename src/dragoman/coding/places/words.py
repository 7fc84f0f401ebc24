"""The words around names of places: what leads to a place, what qualifies it, and what only looks like one."""

from __future__ import annotations

import re

NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’]*(?:[-.][\w'’]+)*\.?|[a-z]{1,3}-[A-Z][\w'’]+(?:-[\w'’]+)*")
INNER = frozenset("of the de la el del al do da dos das du des le les los las van sur-le upon and el-".split())
LOCATIVE = frozenset("in at near outside inside around off across throughout within along into on".split())
MOVES = re.compile(
    "visit|travel|arriv|fly|flew|flown|flight|trip|tour|return|head|went|going|journey|deploy|withdr|deport|move|cross|enter|march|sail|"
    "depart|left|leav|land|came|coming|goes|advance|retreat|evacuat|extradit|transfer|fled|flee"
)
HITS = re.compile(
    "attack|bomb|shell|str(?:ike|uck)|raid|invad|invasion|captur|seiz|visit|tour|besieg|siege|enter|storm|hit|liberat|occup|blockad|annex|"
    "assault|offensive|left|leav|reach|took|taking|retak|retook|overran|overrun|shot|pound|target|destr|airstrike"
)
KINDS = frozenset(
    "city cities town village capital province region state port district island governorate county prefecture suburb area "
    "enclave oblast "
    "neighborhood neighbourhood municipality resort camp base border eastern western northern southern central north south "
    "east west "
    "northeastern northwestern southeastern southwestern coastal downtown greater nearby the a an this of old holy "
    "besieged occupied".split()
)
NOT_PLACES = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday "
    "Sunday Parliament Congress Senate Union West East North South Central Justice Defense Defence State Security Council "
    "President Minister "
    "Islam Christmas Easter Ramadan Victory God General Police Army Navy Internet English French German Russian Chinese "
    "Arabic Spanish "
    "House Government Foreign Interior National United Democratic Republic The A An Many Most Of Man Nice Same Reading "
    "Split Bor Federal "
    "Mobile Orange Liberty Independence Progress Unity Peace Power Commerce Industry Corona Media Social Western Eastern "
    "Northern Southern "
    "Hamas Hezbollah Taliban Asia Africa Europe America Americas Oceania Eurasia "
    "Board Court Supreme Cabinet Duma Knesset Majlis Facebook Twitter Telegram English Washington-based".split()
)
NAMESAKES = frozenset(
    "University College School Institute Post Times Daily News Herald Tribune Journal Agreement Agreements Accord Accords "
    "Treaty Protocol Protocols "
    "Convention Conventions Declaration Communique Club United City-based Street Avenue Road Memorandum Principles Process "
    "Format Group Bank "
    "Hilton Marathon Charter Consensus Pact Act Plan Statement Statute Initiative".split()
)
"""Words that make the name of a town the name of something else ("Georgetown University", "the Paris Agreement")."""
MODALS = frozenset("will would can could may might should must has have had is are was were be been".split())
FOLLOWERS = frozenset(
    "and or but who which that as when while where after before for with without of also over following amid because if "
    "against later earlier today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday last next this "
    "again alone about".split()
)
