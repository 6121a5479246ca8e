# Die Bibliothek der Beiträge.

rail-library = Bibliothek
library-title = Bibliothek
library-lead = Alles, was es zu teilen gibt, von der Idee bis zum Archiv.
library-states = Beiträge nach Zustand
library-view = Darstellung
library-list = Liste
library-board = Tafel
library-search = Suchen
library-kind = Art
library-network = Netzwerk
library-topic = Thema
library-campaign = Kampagne
library-language = Sprache
library-sort = Reihenfolge
library-any = Alle
library-find = Finden
library-filtered = Was gesucht wird
library-without = Ohne { $name }
library-all = Alles zeigen
library-views = Deine Ansichten
library-forget = Ansicht { $name } vergessen
library-keep = Diese Ansicht behalten
library-view-name = Name
library-keep-it = Behalten
library-column-empty = Hier ist nichts.
library-more = Alle zeigen
library-empty-title = Es gibt noch keine Beiträge
library-empty-text = Ein Beitrag ist etwas, das sich zu teilen lohnt: ein Artikel, eine offene Stelle, eine Geschichte. Schreib einen, oder folge einem Feed, der welche bringt.
library-none-title = Nichts passt
library-none-text = So einen Beitrag gibt es nicht. Nimm etwas aus dem Filter heraus.
library-tick = { $title } auswählen
library-ticked = ausgewählt
library-bulk = Mit den angehakten Beiträgen:
library-next = Weitere Beiträge
step-archive = Archivieren
step-unarchive = Zurückholen
step-days = Tage
step-shift = Verschieben
step-campaign = Kampagne setzen
step-withdraw = Beiträge zurückziehen
step-withdraw-text = Sie verschwinden aus jedem Chat, und niemand kann sie mehr teilen. Das lässt sich nicht rückgängig machen.
step-withdraw-ticked = Die angehakten Beiträge zurückziehen
step-withdraw-one = 1 Beitrag zurückziehen
step-withdraw-many = { $posts } Beiträge zurückziehen
refusals-title = Nicht jeder Beitrag ging diesen Schritt
refusals-lead = { $count ->
    [one] Ein Beitrag blieb, wie er war.
   *[other] { $count } Beiträge blieben, wie sie waren.
}
refusals-back = Zurück zur Bibliothek
refused-state = Sein Zustand lässt diesen Schritt nicht zu.
refused-fault = Für diesen Schritt stimmt darin noch etwas nicht: Öffne ihn und sieh dir seine Prüfungen an.
refused-late = Jemand hat ihn inzwischen geändert. Versuch es noch einmal.
refused-own = Du hast ihn geschrieben, also muss ihn jemand anderes freigeben.
refused-role = Deine Rolle erlaubt diesen Schritt nicht.
refused-away = Die Datenbank hat nicht geantwortet. Versuch es noch einmal.
toast-view-saved = Die Ansicht ist gemerkt.
toast-view-refused = Eine Ansicht braucht einen Namen mit höchstens 60 Buchstaben, und du kannst fünfzig behalten.
toast-view-deleted = Die Ansicht ist vergessen.
toast-steps-what = Wähl aus, was mit den Beiträgen geschehen soll.
toast-steps-none = Hak zuerst Beiträge an.
toast-steps-refused = Nichts wurde geändert: keiner dieser Beiträge kann diesen Schritt gehen.
toast-steps-some = { $count ->
    [one] Ein Beitrag wurde geändert; die anderen können diesen Schritt nicht gehen.
   *[other] { $count } Beiträge wurden geändert; die anderen können diesen Schritt nicht gehen.
}
toast-steps-done = { $count ->
    [one] Ein Beitrag wurde geändert.
   *[other] { $count } Beiträge wurden geändert.
}
library-empty-first = Den ersten Beitrag schreiben
library-search-help = Worte, Themen, Überschriften suchen
library-filters = Filtern und ordnen
library-every = Alle dieser Seite auswählen
