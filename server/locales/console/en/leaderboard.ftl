# The leaderboard.

leaderboard-title = Leaderboard
leaderboard-period = Span of time
leaderboard-week = Week
leaderboard-month = Month
leaderboard-quarter = Quarter
leaderboard-all-time = All time
leaderboard-people = { $count ->
    [one] one person with points
   *[other] { $count } people with points
}
leaderboard-my-rank = You are number { $rank }.
leaderboard-my-points = { $count ->
    [0] You have no points here yet: share a post, and you do.
    [one] You have one point here.
   *[other] You have { $count } points here.
}
leaderboard-rank = Rank
leaderboard-name = Name
leaderboard-movement = Movement
leaderboard-up = { $count ->
    [one] up { $count } place
   *[other] up { $count } places
}
leaderboard-down = { $count ->
    [one] down { $count } place
   *[other] down { $count } places
}
leaderboard-no-movement = same place, or none before
leaderboard-points = Points
leaderboard-tied = tied
leaderboard-you = you
leaderboard-empty-title = Nobody has points here yet
leaderboard-empty-text = The first share takes the lead. Posts to share come to you in chat.
leaderboard-how = How points work
points-confirmed = { $count ->
    [one] A share that you confirm: { $count } point.
   *[other] A share that you confirm: { $count } points.
}
points-proven = When somebody else clicks it: { $count } more.
points-click = { $clicks ->
    [one] Each counted click: { $points }, for { $clicks } click per share and day.
   *[other] Each counted click: { $points }, up to { $clicks } clicks per share and day.
}
points-proposal = { $count ->
    [one] A proposal of yours that becomes a post: { $count } point.
   *[other] A proposal of yours that becomes a post: { $count } points.
}
points-cap = { $count ->
    [one] At most { $count } share a day earns points. Your own clicks never do.
   *[other] At most { $count } shares a day earn points. Your own clicks never do.
}
points-hidden = Who is hidden is not on the board and not counted in ranks.
points-movement = Movement compares a rank with the final one of the period before, counted among those who are shown today: boards of then may have shown others. A dash is the same place, or none before.
