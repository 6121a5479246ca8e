# Home.

home-title = Home
home-lead-nothing = Nothing needs you right now.
home-empty-title = This is where your day begins
home-empty-text = Posts that wait for your review, your drafts, and what needs a hand will stand here.
home-lead = { $count ->
    [one] One thing needs you today.
   *[other] { $count } things need you today.
}
home-review = Waiting for your review
home-review-all = { $count ->
    [one] Review it
   *[other] Review all { $count }
}
home-drafts = Your drafts
home-sent-back = Changes asked for
home-feeds = Feeds that fail
home-feed-failed = could not be fetched
home-connections = Connections to chats
home-app-removed = The app was removed in { $chat }: nothing goes there until it is connected again.
home-proposals = Proposals that wait
home-proposals-all = { $count ->
    [one] Answer it
   *[other] Answer all { $count }
}
home-went-out = Went out in the last seven days
home-live = Everything that is live
home-numbers = { $month } so far
home-trend = { $month } in all: { $number }
home-trend-more = More than all of { $month }, which had { $number }
home-teams = Your team
home-teams-text = What your team and the teams below it did, by months that are over and never by person.
home-teams-open = Open its figures
home-insight = Open Insight
