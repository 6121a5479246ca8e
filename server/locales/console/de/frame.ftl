# Der Rahmen um jede Seite der Konsole.

skip = Zum Inhalt springen
rail = Orte
rail-home = Start
rail-audit = Protokoll
rail-more = Mehr
rail-you = { $name }: deine Einstellungen
menu-title = Alles
pages = Seiten
older = Ältere
undo = Rückgängig
close = Schließen
log-out = Abmelden

palette-title = Befehle
palette-placeholder = Gehen, tun, finden …
palette-none = So heißt hier nichts.
keys-title = Tasten
keys-switch = Einzelne Tasten tun etwas
keys-palette = Befehle
keys-list = Diese Liste

not-found-title = Diese Seite gibt es hier nicht
not-found-text = Sie wurde verschoben oder entfernt, oder in der Adresse ist ein Tippfehler.
forbidden-title = Das gehört nicht zu deiner Rolle
forbidden-text = Frag jemanden aus der Leitung oder Verwaltung deiner Organisation, wenn du es brauchst.
gone-title = Dieser Link zählt nicht mehr
gone-text = Er wurde schon benutzt oder ist zu alt. Hol dir einen neuen, so wie du diesen bekommen hast.
changed-title = Jemand war schneller
changed-text = Das hat sich geändert, seit du es geöffnet hast. Geh zurück und sieh es dir noch einmal an.
too-large-title = Das ist zu viel
too-large-text = Was geschickt wurde, ist größer, als wir annehmen. Schick weniger auf einmal.
away-title = Die Datenbank ist kurz weg
away-text = Nichts ist verloren. Versuch es in ein paar Sekunden noch einmal.
broken-title = Das war unser Fehler
broken-text = Er steht im Protokoll. Versuch es noch einmal, und sag dem Betrieb dieses Servers Bescheid, wenn es bleibt.
back-home = Zum Start

now = gerade eben
minutes-ago = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
hours-ago = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}
days-ago = { $count ->
    [one] gestern
   *[other] vor { $count } Tagen
}
in-minutes = { $count ->
    [one] in { $count } Minute
   *[other] in { $count } Minuten
}
in-hours = { $count ->
    [one] in { $count } Stunde
   *[other] in { $count } Stunden
}
in-days = { $count ->
    [one] morgen
   *[other] in { $count } Tagen
}
months = Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.
date = { $day }. { $month } { $year }
thousands = .
