# Kampagnen.

campaigns-title = Kampagnen
campaigns-lead = Wofür mehrere Beiträge zusammen da sind, und was dabei herauskommen soll.
campaigns-empty-title = Es gibt noch keine Kampagnen
campaigns-empty-text = Eine Kampagne versammelt Beiträge unter einem Ziel, zum Beispiel zwölf Bewerbungen bis März. Ihr Name steht in den Links ihrer Beiträge, so lässt sich jeder Besuch für sie zählen.
campaign-new = Neue Kampagne
campaign-new-lead = Sag, wofür sie da ist und woran du siehst, ob es geklappt hat.
campaign-plan = Wofür sie da ist
campaign-name = Name
campaign-goal = Ziel
campaign-no-goal = Noch kein Ziel
campaign-target = Zielzahl
campaign-target-help = Wie viel vom Ziel: Bewerbungen, Anfragen, Besuche.
campaign-area = Bereich der Firma
campaign-no-area = Keiner besonders
campaign-ends = Letzter Tag
campaign-ends-help = Ab dem Tag danach lassen sich keine Beiträge mehr für sie einreichen. Leer gelassen endet sie nicht.
campaign-end = Ende
campaign-ends-at = Endet
campaign-ended = Beendet
campaign-posts = Beiträge
campaign-count = { $count ->
    [0] keine Beiträge
    [one] { $count } Beitrag
   *[other] { $count } Beiträge
}
campaign-slug = Name in Links
campaign-slug-help = Kleinbuchstaben, Ziffern und Bindestriche, etwa spring-opening. Leer gelassen folgt er aus dem Namen. Später lässt er sich nicht mehr ändern.
campaign-slug-kept = Ihr Name in Links:
campaign-make = Kampagne anlegen
campaign-save = Speichern
campaign-end-now = Beenden
campaign-end-text = Es lassen sich keine Beiträge mehr für sie einreichen. Was live ist, läuft weiter, bis es endet.
campaign-end-button = Jetzt beenden
campaign-name-fault = Schreib einen Namen mit höchstens 120 Zeichen.
campaign-slug-fault = Nimm Kleinbuchstaben, Ziffern und einzelne Bindestriche, etwa spring-opening.
campaign-slug-taken = So heißt schon eine andere Kampagne in Links. Nimm einen anderen Namen.
campaign-goal-fault = Wähl das Ziel, das die Zielzahl zählt.
campaign-target-fault = Schreib eine ganze Zahl ab 1, oder lass es leer.
campaign-ends-fault = Schreib einen Tag wie 2027-03-31, oder lass es leer.
goal-awareness = Bekanntheit
goal-traffic = Besuche
goal-leads = Anfragen
goal-recruiting = Bewerbungen
goal-retention = Bindung
goal-training = Weiterbildung
area-marketing = Marketing
area-sales = Vertrieb
area-customer-care = Kundendienst
area-hr = Personal
area-research = Forschung und Entwicklung
area-executives = Geschäftsleitung
toast-campaign-made = Die Kampagne ist angelegt.
toast-campaign-saved = Die Kampagne ist gespeichert.
toast-campaign-ended = Die Kampagne ist beendet.
