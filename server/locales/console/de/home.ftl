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
