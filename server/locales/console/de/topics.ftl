# Themen.

topics-title = Themen
topics-lead = Wovon Beiträge handeln, in euren eigenen Worten.
topics-all = Alle Themen
topics-empty-title = Es gibt noch keine Themen
topics-empty-text = Themen sagen, wovon ein Beitrag handelt, damit jeder findet, was das eigene Netzwerk interessiert. Jedes Thema, das jemand in einem Beitrag nennt, erscheint hier von selbst.
topic-new = Ein neues Thema
topic-name = Name
topic-name-help = Höchstens 60 Zeichen. Groß- und Kleinschreibung und Akzente zählen nicht.
topic-make = Thema anlegen
topic-change = Ändern
topic-change-named = { $name } ändern
topic-save = Speichern
topic-into = Aufgehen lassen in
topic-merge-text = Alles, was davon handelt, handelt danach vom anderen Thema. Das lässt sich nicht rückgängig machen.
topic-merge = { $name } aufgehen lassen
topic-remove = { $name } entfernen
topic-posts = { $count ->
    [0] keine Beiträge
    [one] { $count } Beitrag
   *[other] { $count } Beiträge
}
topic-name-fault = Schreib einen Namen mit höchstens 60 Zeichen, darunter ein Buchstabe oder eine Ziffer.
topic-name-taken = So heißt schon ein anderes Thema. Lass eines im anderen aufgehen.
topic-in-use = Davon handeln noch Beiträge. Lass es in einem anderen Thema aufgehen.
topic-into-fault = Wähl das Thema, in dem dieses aufgehen soll.
toast-topic-made = Das Thema ist angelegt.
toast-topic-saved = Das Thema ist gespeichert.
toast-topic-merged = Aus zwei Themen ist eines geworden.
toast-topic-removed = Das Thema ist entfernt.
