"""What the verifier knows of words: which classes of event a verb can tell, helpers, reporting verbs, small words.

Written apart from the writer's tables on purpose: a verb that the two read differently is a sentence that is not printed.
"""

from __future__ import annotations

from types import MappingProxyType

from dragoman.brief import english

_CLASSES = """
abduct ASSAULT COERCE
accept AGREE
accuse ACCUSE
adopt AGREE
advance ASSAULT MOBILIZE
agree AGREE
aid AID
allege ACCUSE
allow CONCEDE
annex ASSAULT
announce AGREE
apologise SUPPORT
apologize SUPPORT
appeal REQUEST
applaud SUPPORT
approve AGREE SUPPORT
arm AID
arrest COERCE
arrive CONSULT AID
ask REQUEST
assassinate ASSAULT
assist AID
attack ASSAULT ACCUSE
attend CONSULT
back SUPPORT
ban SANCTION COERCE
blacklist SANCTION
blame ACCUSE
block REJECT COERCE
bomb ASSAULT
bombard ASSAULT
boycott PROTEST SANCTION
broker CONSULT
build COOPERATE
buy COOPERATE
call CONSULT REQUEST
cancel SANCTION REJECT
capture ASSAULT COERCE
carry COOPERATE ASSAULT
caution THREATEN
celebrate SUPPORT
censor COERCE
charge ACCUSE
claim ACCUSE
close COERCE SANCTION
commend SUPPORT
commit AGREE
complete COOPERATE
conclude AGREE
condemn ACCUSE
conduct COOPERATE ASSAULT
confer CONSULT
congratulate SUPPORT
consult CONSULT
convict COERCE
cooperate COOPERATE
coordinate COOPERATE
criticise ACCUSE
criticize ACCUSE
cut SANCTION
decline REJECT
deepen COOPERATE
defend SUPPORT
defy REJECT
deliver AID
demand REQUEST
demonstrate PROTEST
denounce ACCUSE
deny REJECT
deploy MOBILIZE
deplore ACCUSE
deport COERCE
designate SANCTION
destroy ASSAULT
detain COERCE
develop COOPERATE
dismantle RETREAT
dismiss REJECT
discuss CONSULT
donate AID
drop CONCEDE
ease CONCEDE
end SANCTION CONCEDE
endorse SUPPORT
enter CONSULT
establish COOPERATE AGREE
evacuate AID RETREAT
exchange COOPERATE
execute COERCE ASSAULT
expand COOPERATE
expel SANCTION
express SUPPORT
extradite COOPERATE COERCE
fight ASSAULT
finance AID
fire ASSAULT
fly CONSULT
free CONCEDE
freeze SANCTION
fund AID
gather CONSULT
give AID
grant CONCEDE AID
greet CONSULT SUPPORT
hail SUPPORT
halt SANCTION
help AID
hit ASSAULT
hold CONSULT COOPERATE COERCE
honor SUPPORT
honour SUPPORT
host CONSULT
import COOPERATE
impose SANCTION COERCE
imprison COERCE
indict ACCUSE
initial AGREE
injure ASSAULT
insist REQUEST
invade ASSAULT
investigate ACCUSE
invite REQUEST CONSULT
jail COERCE
join COOPERATE
justify SUPPORT
kidnap ASSAULT
kill ASSAULT
label ACCUSE
laud SUPPORT
launch ASSAULT COOPERATE
lead CONSULT
leave RETREAT
lend AID
levy SANCTION
lift CONCEDE
march PROTEST
mediate CONSULT
meet CONSULT
mobilise MOBILIZE
mobilize MOBILIZE
move MOBILIZE
murder ASSAULT
negotiate CONSULT
normalise COOPERATE AGREE
normalize COOPERATE AGREE
occupy ASSAULT
offer AID AGREE REQUEST
open CONSULT CONCEDE
oppose REJECT
orchestrate ASSAULT
order REQUEST SANCTION
pardon CONCEDE
participate COOPERATE
phone CONSULT
pledge AGREE AID SUPPORT
praise SUPPORT
press REQUEST
promise AGREE
propose REQUEST
protest PROTEST
provide AID
pull RETREAT
put MOBILIZE
raid ASSAULT
raise SANCTION
ratify AGREE
reach AGREE
reaffirm SUPPORT
reiterate SUPPORT
recall SANCTION
receive CONSULT
recognise SUPPORT
recognize SUPPORT
recommend REQUEST
refuse REJECT
reject REJECT
relax CONCEDE
release CONCEDE
remove CONCEDE
repatriate RETREAT
request REQUEST
require REQUEST
rescue AID
resume CONSULT COOPERATE
retreat RETREAT
return RETREAT
riot PROTEST
sanction SANCTION
seek REQUEST
seize COERCE
sell COOPERATE
send AID MOBILIZE
sentence COERCE
sever SANCTION
shake CONSULT
share COOPERATE
shell ASSAULT
shoot ASSAULT
shut COERCE SANCTION
sign AGREE
slam ACCUSE
speak CONSULT
station MOBILIZE
strengthen COOPERATE
strike ASSAULT PROTEST
sue ACCUSE
supply AID COOPERATE
support SUPPORT
surrender RETREAT
suspend SANCTION CONCEDE
talk CONSULT
target ASSAULT
thank SUPPORT
threaten THREATEN
tighten SANCTION
torture ASSAULT
tour CONSULT
trade COOPERATE
train AID
travel CONSULT
urge REQUEST
veto REJECT
violate REJECT
visit CONSULT
voice SUPPORT
vow AGREE THREATEN SUPPORT
waive CONCEDE
warn THREATEN
welcome SUPPORT CONSULT
withdraw RETREAT
withhold SANCTION
work COOPERATE
wound ASSAULT
"""
_OTHERS = """
address affect airlift aim allot approach assess attempt become begin blast breach break bring cause change commemorate compete
consider continue contribute cost cover crack create cross decide declare describe deteriorate devote discover dispatch display
draw drive earn encourage enjoy ensure erupt escalate examine exercise expire expose express extend face fail fall favour favor
file find flare focus follow form foster gain get happen have identify improve include increase indicate intensify intercept
interfere intervene issue keep lose maintain make mark mention miss monitor name note open outline pass patrol pay permit place
plan play postpone prepare present prevent produce prompt publish pursue push question quote rank reach reassess reduce refer
remain replace reply represent rescind respond restore result reveal review revive rise rule run save say see serve set settle
show signal sink soar spark spread stage start step stop submit take tell test top total transfer trigger try turn undergo
undermine use vote weaken win worsen write wound
"""
CLASSES = MappingProxyType(
    {verb: frozenset() for verb in _OTHERS.split()}
    | {line.split()[0]: frozenset(line.split()[1:]) for line in _CLASSES.split("\n") if line}
)
"""The classes that each verb tells by itself; none for one that tells nothing without the words after it ("paid a visit")."""
FORMS = english.forms(CLASSES)

BE = frozenset("is are was were be been being".split())
HAVE = frozenset("has have had having".split())
NEGATIONS = frozenset("not never cannot no nor neither".split())
POSSIBLE = frozenset("could would may might should can must".split())
AHEAD = frozenset("will shall plans plan planned intends intend intended expected set due scheduled going aims aim to".split())
ADVERBS = frozenset(
    "also later now then again already once twice personally together both each all jointly formally still just soon even ever "
    "only first and long".split()
)
HELPERS = BE | HAVE | NEGATIONS | POSSIBLE | AHEAD | ADVERBS | {"did", "does", "do", "ca", "wo"}

REPORTING = frozenset(
    (
        "say says said saying tell tells told claim claims claimed claiming allege alleges alleged report reports reported "
        "believe believes believed state states stated announce announces announced acknowledge acknowledges acknowledged "
        "suggest suggests suggested note notes noted argue argues argued insist insists insisted think thinks thought add "
        "adds added adding confirm confirms confirmed reveal reveals revealed write writes wrote deny denies denied allegedly "
        "reportedly rumored rumoured supposedly apparently accuse accuses accused promise promises promised hope hopes hoped "
        "predict predicts predicted fear fears feared noting claiming stating announcing arguing warning alleging indicate "
        "indicates indicated declare declares declared maintain maintains maintained "
    ).split()
)
SAYING = frozenset("say claim note argue add state announce confirm allege insist believe".split())
"""Verbs by which the subject itself gives its word: "X claimed (that) ..."."""
SAYING_FORMS = frozenset(form for form, (base, kinds) in FORMS.items() if base in SAYING and kinds & {"past", "third"})
DOUBT = frozenset("if unless whether".split())

SMALL = frozenset(
    "a an the of in on at to by for with from and or as that which who its his her their this between into over after before "
    "against about than is are was were be been has have had not no will would could may might should can must "
    "did does do both "
    "it he she they them him according plans plan report undated".split()
)
PRONOUNS = frozenset("he she it they him her them his its their".split())
