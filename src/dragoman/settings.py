"""The one table of settings: every number that changes results, with its unit and what decided it.

A frozen dataclass, passed to what uses it: ``dm.load(settings=...)`` for reading and coding, ``dm.Archive(path, settings=...)``
for these and for the archive itself, ``brief.make`` and the functions of ``dm.measure``. Without it ``DEFAULT`` holds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    # Reading
    max_bytes: int = 64_000_000  # bytes of one input; a book is 2 MB, larger is a wrong file
    max_characters: int = 2_000_000  # characters of one article; the rest would be many articles
    max_page_characters: int = 4_000_000  # of one HTML page; the text is found in 4 s a million, the largest saved page has 0.7
    max_sentence_characters: int = 2_000  # longer runs without an end are cut at white space, for the encoder's sake
    words_per_minute: int = 200  # adult silent reading of non-fiction, Brysbaert 2019: 175 to 300
    language_certainty: float = 0.80  # probability below which a language is "not known"

    # Coding
    candidate_floor: float = 0.08  # of the sentence model's score, from which a pair is weighed as a row
    event_threshold: float = 0.30  # probability of a row; on unseen marks .28 to .36 give one F1, at precision .50 to .57
    root_thresholds: tuple[tuple[str, float], ...] = ()  # by root, where a user wants another one
    mention_floor: float = -2.0  # logit a span needs to be a candidate; 0 is the model's border, lower trades time for recall
    mentions_per_sentence: int = 8  # candidates of each role; 1 in 500 marked sentences has more
    pair_floor: float = 0.03  # probability the cheap step must give a pair before it is judged
    pairs_per_sentence: int = 16  # pairs judged in one sentence, best first
    widest_trigger: int = 8  # word pieces; 99 in 100 marked triggers are shorter
    max_pieces: int = 200  # word pieces encoded at once; longer sentences are read in windows
    threads: int = 1  # sentences coded at the same time

    # Archive
    batch_articles: int = 500  # articles of one transaction: what a kill costs is at most their coding
    lock_seconds: float = 300.0  # waited for another writer; a batch holds the lock for some tenths of a second
    sql_seconds: float = 10.0  # of one query of dragoman sql; counting ten million events by pair takes under 1
    sql_rows: int = 100_000  # given at most by dragoman sql; a table that a person or a spreadsheet can take
    sql_memory: int = 2_000  # MB that such a query may use

    # Near-copies (reconcile/copies.py); python -m bench.copies prints what they give
    copy_days: int = 7  # days between two publications of one text
    copy_runs: int = 40  # runs of three words below which a text is short, and only the same text is a copy
    copy_short: float = 0.8  # share of a short text's runs, both ways
    copy_growth: float = 3.0  # times the length of the shorter; a longer one is a round-up or a live blog that holds it
    copy_share: float = 0.6  # share of the runs of one text that stand in the other
    copy_facts: float = 0.6  # and of the names and numbers; interviews with the same questions share .55 at most
    copy_whole: float = 0.8  # share of a text's runs above which nothing in it is new
    rewrite_facts: float = 0.65  # names and numbers of both, of those of either: own rewrites .71 to 1, follow-ups to .39
    rewrite_count: int = 8  # names and numbers below which facts decide nothing
    rewrite_days: int = 2  # days between two publications of one story in other words
    update_share: float = 0.6  # share of the original that a later text with news in it keeps

    # Event groups (reconcile/groups.py, sameness.py); python -m bench.groups prints what they give
    group_score: float = 0.5  # probability above which two mentions are linked
    group_linked: float = 0.34  # share of the mentions of two parts that are linked, for the parts to be one group
    group_news_days: int = 4  # days before its publication in which news without a date lies
    group_plan_days: int = 14  # days after it in which a plan without a date lies
    group_past_days: int = 35  # days before it for a sentence without a date that looks back ("had met", "last week")
    group_slack_days: int = 3  # days that two told dates of one event may differ by, where all else agrees
    group_window_days: int = 55  # days about a mention in which others of its event are looked for: those above together
    group_back_days: int = 400  # the same for a text that looks back more than two months, where years may be misprinted
    group_smooth: float = 3.0  # words added to the shorter sentence, so that two shared words of three are not nearly all

    # Measures
    interval_level: float = 0.95  # of every interval
    bootstrap_draws: int = 999  # of event groups; 399 moves an end by 2 in 100 of its width, 999 by 1
    change_alpha: float = 0.02  # of made flat series given a change; bench.measure_simulation changes has what follows
    change_periods: int = 4  # periods that a level lasts at least; what passes sooner is an event, not a change
    change_longest: int = 1000  # periods; a day's series of more than three years is better cut by week
    change_draws: int = 200  # resampled series behind found_again and the interval of a change's period
    change_seed: int = 1992  # of those draws, and of the shifts and orders by which replies and turning events are tried
    turning_days: int = 90  # days before and after an event whose tone is compared
    turning_events: int = 5  # events that each side must have
    turning_alpha: float = 0.05  # share of reordered series with a turn as strong
    reply_periods: int = 6  # longest time, in periods, in which an answer is looked for

    # Briefs
    brief_least_score: float = 0.45  # of an event; below it one told sentence in three was not borne out by its passage
    brief_quoted_score: float = 0.5  # of an event that is told by a quotation of the report
    brief_sure_score: float = 0.6  # of an event quoted although another of its class between the two is told
    brief_articles: int = 400  # read for one brief, so that a large pair does not take minutes
    brief_background_years: float = 10.0  # before the newest report; older events neither lead nor tell of a third party
    brief_half_life_years: float = 2.0  # after which an event weighs half as new; an analyst's horizon

    # Blocs
    bloc_ballots: float = 0.5  # share of a period's contested roll calls a state must vote on to be placed
    bloc_roll_calls: int = 10  # contested roll calls a period needs; session 19 held one, every other 15 or more
    bloc_size: int = 5  # states that make a bloc; with 3 there were 48 names in 74 sessions, most of them for one, with 5 29
    bloc_overlap: float = 0.3  # of members, from which on a bloc keeps an earlier one's name
    bloc_memory: int = 5  # periods for which the name of a bloc that is not found again is kept


DEFAULT = Settings()
