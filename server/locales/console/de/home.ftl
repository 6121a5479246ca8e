# Start.

home-title = Start
home-lead-nothing = Gerade braucht dich nichts.
home-empty-title = Hier beginnt dein Tag
home-empty-text = Hier stehen Beiträge, die auf dein Urteil warten, deine Entwürfe, und was Hilfe braucht.
home-lead = { $count ->
    [one] Eine Sache braucht dich heute.
   *[other] { $count } Dinge brauchen dich heute.
}
home-review = Warten auf dein Urteil
home-review-all = { $count ->
    [one] Prüfen
   *[other] Alle { $count } prüfen
}
home-drafts = Deine Entwürfe
home-sent-back = Änderungen erbeten
home-feeds = Feeds, die nicht klappen
home-feed-failed = nicht abrufbar
home-connections = Verbindungen zu Chats
home-app-removed = Die App wurde in { $chat } entfernt: Dorthin geht nichts, bis neu verbunden ist.
home-proposals = Vorschläge, die warten
home-proposals-all = { $count ->
    [one] Beantworten
   *[other] Alle { $count } beantworten
}
home-went-out = In den letzten sieben Tagen hinausgegangen
home-live = Alles, was live ist
home-numbers = { $month } bis jetzt
home-trend = { $month } insgesamt: { $number }
home-trend-more = Mehr als im ganzen { $month } mit { $number }
home-teams = Dein Team
home-teams-text = Was dein Team und die Teams darunter bewirkt haben, nach abgelaufenen Monaten und nie nach Person.
home-teams-open = Zu seinen Zahlen
home-insight = Zur Auswertung
