"""An actor while its article is being read: what is known of it grows until the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.coding.actors.units import Unit


@dataclass(slots=True, eq=False)
class Entity:
    """``sure`` is how certain its country is, 0 to 1; ``words`` the name's, in small letters, for those who have one."""

    kind: str
    name: str
    words: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    organisation: str | None = None
    role: str | None = None
    id: str | None = None
    former: bool = False
    plural: bool = False
    gender: str | None = None
    head: str = ""
    sure: float = 0.0
    owner: Unit | None = None
    role_from: str | None = None
    role_to: str | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    places: list[tuple[int, int, int]] = field(default_factory=list)  # sentence, start, end
    asked: tuple[int, int, str, tuple[str, ...], str | None] | None = None  # what the focus was asked, for training
    weak: bool = False  # its role is a word like "brother" or "critic", no office
    roles: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)  # the words that the article describes a person with
    abroad: bool = False  # the owner's guest or counterpart, who is of another state
    sex: str | None = None  # as the first "he" or "she" for it says
    titles: set[str] = field(default_factory=set)  # of these, those of the description's head: "adviser" to a leader
    kin: bool = False  # told as somebody's kin, by a first name
    away: set[str] = field(default_factory=set)  # countries that the article says are not a person's

    @property
    def is_person(self) -> bool:
        return self.kind == "person"
