# The frame around every page of the console.

skip = Skip to the content
rail = Places
rail-home = Home
rail-audit = Audit log
rail-more = More
rail-you = { $name }: your settings
menu-title = Everything
pages = Pages
older = Older
undo = Undo
close = Close
log-out = Log out

palette-title = Commands
palette-placeholder = Go to, do, find …
palette-none = Nothing is called that.
keys-title = Keys
keys-switch = Single keys do something
keys-palette = Commands
keys-list = This list

not-found-title = This page is not here
not-found-text = It may have been moved or taken away, or the address has a typo.
forbidden-title = This is not for your role
forbidden-text = Ask an owner or admin of your organization if you need it.
gone-title = This link does not count any more
gone-text = It was used already, or it is too old. Ask for a new one the way you got this one.
changed-title = Somebody was faster
changed-text = This has changed since you opened it. Go back and look at it again.
too-large-title = That is too much
too-large-text = What was sent is larger than we take. Send less at once.
away-title = The database is away for a moment
away-text = Nothing is lost. Try again in a few seconds.
broken-title = That was our fault
broken-text = It is written down in the log. Try again, and tell who runs this server if it stays.
back-home = Go to Home

now = just now
minutes-ago = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
hours-ago = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
days-ago = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
in-minutes = { $count ->
    [one] in { $count } minute
   *[other] in { $count } minutes
}
in-hours = { $count ->
    [one] in { $count } hour
   *[other] in { $count } hours
}
in-days = { $count ->
    [one] tomorrow
   *[other] in { $count } days
}
months = Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec
date = { $day } { $month } { $year }
thousands = ,
