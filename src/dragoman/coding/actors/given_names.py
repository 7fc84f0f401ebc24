"""Given names that are nearly always a woman's or a man's: only to keep "she" from a man and "he" from a woman."""

from __future__ import annotations

FEMALE = frozenset(
    "hillary angela theresa margaret elizabeth mary anna maria sarah laura michelle condoleezza madeleine nancy susan "
    "jennifer linda barbara patricia karen helen sandra donna carol ruth sharon julia gillian jacinda christine "
    "ursula federica catherine katherine kate emma olivia sophia isabella amy emily melissa kamala janet arlene "
    "nicola marine dilma cristina michelle benazir indira aung sheikh-hasina hasina yingluck tsai ellen joyce "
    "samantha victoria susana isabel carmen rosa teresa lucia elena irina tatiana natalia olga svetlana yulia "
    "ekaterina ksenia valentina golda tzipi fatima aisha ayesha khadija leila layla nadia zainab maryam shirin malala "
    "priyanka sonia mamata sushma nirmala jayalalithaa meira pratibha smriti heather megan amber ivanka melania tulsi "
    "alexandria louise marisa mariela jane joan judith diane dianne debbie loretta rachel rebecca ashley nikki wendy "
    "claire alice charlotte ingrid helle erna sanna mette tarja vigdis dalia vaira beata ewa zuzana corazon gloria "
    "imelda leila miriam park-geun-hye geun-hye megawati chandrika sirimavo khaleda nino salome carrie regina agnes "
    "prudence louisa ana eva gabriela veronica monica".split()
)
MALE = frozenset(
    "barack donald george bill william john james robert michael david richard joseph joe thomas charles christopher "
    "daniel matthew anthony mark paul steven stephen andrew kenneth kevin brian edward ronald timothy jason jeffrey "
    "ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory frank alexander "
    "raymond patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold "
    "carl jeremy keith roger arthur lawrence sean christian albert jesse vladimir dmitry sergei sergey mikhail boris "
    "nikita leonid ivan alexei aleksei nikolai viktor igor oleg yuri gennady anatoly xi li wen hu mao deng zhou recep "
    "tayyip ahmet abdullah mehmet mustafa mohammed mohammad muhammad mohamed ahmed ahmad ali hassan hussein hosni "
    "saddam bashar hafez anwar gamal yasser mahmoud ismail khaled omar osama ayman abdul abdel nouri haider hamid "
    "ashraf pervez nawaz imran asif shahbaz manmohan narendra rajiv atal rahul amit shinzo junichiro yasuo taro naoto "
    "benjamin ariel ehud shimon yitzhak menachem fidel raul hugo nicolas evo rafael daniel juan jose luis carlos "
    "felipe vicente enrique ernesto alvaro francois jacques nicolas emmanuel helmut gerhard willy silvio giulio "
    "matteo mariano pedro jose-maria tony gordon winston harold margin kofi ban boutros antonio nelson thabo jacob "
    "robert olusegun goodluck muammar moammar idi mobutu laurent paul yoweri uhuru daniel jomo kim moon roh suharto "
    "mahathir lee ho ngo le ferdinand rodrigo benigno hun norodom than slobodan radovan ratko vojislav zoran franjo "
    "viktor lech vaclav donald mike mitch harry dick colin rex henry ted bernie marco jeb chris rand lindsey mitt".split()
)

GIVEN = FEMALE | MALE


def gender(words: tuple[str, ...], title: str | None) -> str | None:
    """``f`` or ``m`` by title or given name, None where neither says it."""
    if title in ("mrs", "ms", "miss", "lady", "dame"):
        return "f"
    if title in ("mr", "sir", "lord"):
        return "m"
    first = words[0].lower() if len(words) > 1 else ""
    return "f" if first in FEMALE else "m" if first in MALE else None
