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
