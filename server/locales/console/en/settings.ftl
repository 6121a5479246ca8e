# Settings: what an organization settles for itself.

rail-settings = Settings
settings-title = Settings
settings-lead = How your programme works. Whatever changes here is kept in the audit log.
settings-parts = Sections of settings
settings-overview = Overview
settings-organization = Organization
settings-content = Content
settings-networks = Networks
settings-links = Links
settings-points = Points
settings-quiet = Quiet hours
settings-branding = Branding
settings-connections = Connections
settings-retention = Retention
settings-who = Owners and admins change this.
settings-save = Save
settings-faults = { $count ->
    [one] One field needs another look. Nothing was saved.
   *[other] { $count } fields need another look. Nothing was saved.
}
settings-overtaken = Somebody changed the settings while you were typing. This is how they stand now; what you typed is still below. Save again, and yours takes its place.
settings-none = none
settings-nobody = nobody
settings-days = { $count ->
    [one] One day
   *[other] { $count } days
}
settings-hours = { $count ->
    [one] One hour
   *[other] { $count } hours
}
settings-point-sign = .
settings-fault-choice = Choose one of these.
toast-settings-saved = Saved.
toast-settings-same = Nothing was changed.

settings-state-organization = The clock of { $zone }; channels are spoken to in { $language }.
settings-state-blocked = { $count ->
    [0] No word is blocked.
    [one] One word or phrase is blocked.
   *[other] { $count } words and phrases are blocked.
}
settings-state-expiry = { $count ->
    [one] Posts live for one day.
   *[other] Posts live for { $count } days.
}
settings-state-second-pair = Somebody else approves.
settings-state-links = Short links begin with { $base }.
settings-state-points = { $confirmed } for a confirmed share, { $proven } more once it is proven.
settings-state-accent = Your own colour, { $accent }.
settings-state-connections = { $count ->
    [0] No chat is connected.
    [one] One chat is connected.
   *[other] { $count } chats are connected.
}
settings-state-ailing = { $count ->
    [one] One of them needs you.
   *[other] { $count } of them need you.
}
settings-state-uninstalled = { $count ->
    [one] One was removed in its chat and needs you.
   *[other] { $count } were removed in their chats and need you.
}
settings-state-rates = What you pay on each network, by which clicks are valued. It lies in Insight.

settings-organization-lead = Its name and clock, who joins, and whom strangers ask.
settings-name = Name
settings-zone = Time zone
settings-zone-help = It is { $clock } there now. The cadence of feeds and the weekly board, the days of leaderboards and the daily caps follow it. What is planned moves along.
settings-zone-becomes = The clock was that of { $from }, where it is { $was } now. It becomes that of { $to }, where it is { $is }.
settings-zone-moves = What is repeated moves along: feeds and the weekly board come at the same hour by the new clock. Days and weeks of leaderboards, daily caps, and the quiet hours of members without a zone of their own begin and end by it, too. Posts with a date go out at the moment that was set, which has another time on the new clock. What is due already still comes by the old one.
settings-language = Language of the channels
settings-language-help = Posts in channels are in it, and messages to members who chose no language.
settings-join = Who may join
join-workspace = Everyone in your workspace
settings-join-workspace-help = Full members whose address the chat confirmed become members when they first use the bot. Guests never do.
join-list = Only whom you invited
settings-join-list-help = Everybody else is told whom to ask.
settings-contact = Whom strangers ask
settings-contact-help = A name or an address. Shown to who may not join; leave it empty for nobody.
settings-fault-name = The organization needs a name of at most 120 letters that does not begin like a formula.
settings-fault-zone = Choose a zone from the list.
settings-fault-contact = Whom strangers ask is one line of at most 200 letters.

settings-content-lead = What posts may say, who looks at them, and how long they live.
settings-rules = What posts may say
settings-blocked = Words and phrases that are blocked
settings-blocked-help = One on each line. Whole words count, whatever their case and accents.
settings-disclosure-required = Every post says who speaks
settings-disclosure = How it is said
settings-disclosure-help = Put behind the words of a share where a post has no words of its own for it, such as “I work at Acme.”
settings-second-pair = Somebody else approves
settings-second-pair-help = Who wrote a post does not approve it.
settings-review-hours = Hours that a review may wait
settings-review-hours-help = After that, the approvers are told once more. 0 for as long as it takes.
settings-review-any = as long as it takes
settings-life = How long posts live
settings-expiry = Days until a post expires
settings-expiry-help = Where a post names no date of its own. Links lead on for good. Posts that are live already keep their date.
settings-save-expiry = Save days
settings-fault-blocked = At most 500 words and phrases of at most 100 letters, each with a letter or digit.
settings-fault-disclosure = How it is said has at most 200 letters.
settings-fault-hours = A review may wait 0 to 744 hours.
settings-fault-expiry = Posts live for 1 to { $count } days.

settings-networks-lead = Where members may share, and what is offered first.
settings-networks-help = A network that is switched off is no longer offered: not in chat, not on share pages, not in the composer. Who began to share a post there before can still finish, until the post ends. What was shared stays, and its links lead on for good. Each member’s own favourites come before your order.
settings-networks-offered = Offered
settings-networks-place = Place
settings-networks-place-of = Place of { $name }
settings-networks-ends = No longer offered: { $names }. Not in chat, not on share pages, not in the composer.
settings-networks-past = Who began to share a post there before can still finish, until the post ends. What was shared stays, and its links lead on for good.
settings-fault-networks = Offer one network at least.
settings-fault-place = A place is a whole number.

settings-links-lead = Where short links begin, and what they add to the pages that they lead to.
settings-short-url = Address of short links
settings-short-url-help = An address of your own, such as https://go.acme.example. Leave it empty for { $own }.
settings-short-url-dns = New links begin with it; those that are out lead on from where they are. Its DNS entry and your proxy must lead here first: until they do, nobody gets through by it. The address stays in people’s posts for good, so keep it. Visits by it cannot be recognized as a member’s own by their browser: only those of the same day and network are.
settings-own-address = the server’s own address
settings-utm = What links add
settings-utm-source = Source (utm_source)
settings-utm-source-help = {"{network}"} stands for the name of the network.
settings-utm-medium = Medium (utm_medium)
settings-utm-campaign = Campaign (utm_campaign)
settings-utm-campaign-help = For posts without a campaign of their own.
settings-links-preview = A link as it will be
settings-links-leads = It leads to
settings-fault-short-url = An address of https and a host with a name, and nothing behind it.
settings-fault-utm-source = A source has the letters a–z, digits, dots, hyphens and underscores, at most 60, and may hold {"{network}"} once.
settings-fault-utm = It has the letters a–z, digits, dots, hyphens and underscores, 1 to 60.

settings-points-lead = What sharing and proposing earn from now on. What was earned stays.
settings-point-confirmed = Confirmed share
settings-point-confirmed-help = When a member says that it is done.
settings-point-proven = Proven share
settings-point-proven-help = On top, when the first other person clicks.
settings-point-click = Click
settings-point-click-help = For each counted click.
settings-point-proposal = Accepted proposal
settings-point-proposal-help = For who proposed what became a post.
settings-point-clicks-cap = Clicks that earn
settings-point-clicks-cap-help = At most, for each share and day.
settings-point-shares-cap = Shares that earn
settings-point-shares-cap-help = At most, for each member and day.
settings-points-example = { $before ->
    [one] A share that is confirmed, proven and clicked { $clicks } times on a day earns { $before } point.
   *[other] A share that is confirmed, proven and clicked { $clicks } times on a day earns { $before } points.
}
settings-points-becomes = { $before ->
    [one] A share that is confirmed, proven and clicked { $clicks } times on a day earned { $before } point, and will earn { $after }.
   *[other] A share that is confirmed, proven and clicked { $clicks } times on a day earned { $before } points, and will earn { $after }.
}
settings-points-past = What was earned stays as it is, and so do the boards.
settings-points-preview = See what changes
settings-points-changes = What changes from now on
settings-points-rule = Rule
settings-points-old = Until now
settings-points-new = From now on
settings-points-apply = Apply from now on
settings-points-keep = Keep as it is
settings-points-log = Who changed the points, and when
settings-fault-points = A whole number from 0 to { $count }.
settings-fault-shares = A whole number from 1 to { $count }.

settings-quiet-lead = When nobody gets a message of their own.
settings-quiet-from = From
settings-quiet-to = Until
settings-quiet-weekends = Weekends are quiet throughout
settings-quiet-help = On each member’s own clock, and only for who chose no hours: their own choice wins. Posts in channels and answers are not held back. The same time twice means no quiet hours.
settings-quiet-both = From { $from } to { $to }, and on weekends.
settings-quiet-hours = From { $from } to { $to }.
settings-quiet-weekends-only = On weekends.
settings-quiet-never = Never.
settings-fault-clock = A time of day, such as 18:00.

settings-branding-lead = The colour of share pages, boards and this console.
settings-accent = Colour
settings-accent-help = Six digits behind a #, such as #0b5c8a. It must be dark enough to be read on paper; in dark it is made lighter by itself. Leave it empty for ours.
settings-accent-preview = In light and in dark
settings-accent-sample = Share
settings-own-colour = The usual colour.
settings-fault-colour = A colour is # and six digits from 0 to f, such as #0b5c8a.
settings-fault-pale = This colour is too pale to be read: it differs from paper by { $ratio }, and 4.5 is needed. Choose a darker one.
