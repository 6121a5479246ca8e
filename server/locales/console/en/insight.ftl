# Insight: what the programme did, and how it is counted.

rail-insight = Insight
rail-leaderboard = Leaderboard
insight-title = Insight
insight-lead = What came of it, and how each number is counted.
insight-parts = Parts of Insight
insight-overview = Overview
insight-posts = Posts
insight-campaigns = Campaigns
insight-teams = Teams
insight-health = Health
insight-rates = Rates
insight-span = How much time is shown
insight-month = Month
insight-quarter = Quarter
insight-year = Year
insight-quarter-of = Q{ $quarter } { $year }
insight-export = Export CSV
insight-to-post = Open the post
to-insight = Figures in Insight
insight-to-campaign = The campaign
insight-empty-title = Nothing happened in this time
insight-empty-text = As soon as somebody shares a post or opens a link, it stands here within a minute. Look at another time, or bring the next post on its way.
insight-fresh = Numbers are at most a minute old. Days and months are those of your organization's zone.
insight-few = Shares, reach and visits to one's own links show where five people were active in each month that this time reaches over, so that no number is one person's.
insight-until = Shares, reach and visits to one's own links count until the end of { $month }: in the month that runs, fewer than five people have been active so far.
insight-untold-title = Nothing is told of this post
insight-untold-text = It is for some people only, and so only months are told that are over and in which five people shared it. Here is none: any number would be too close to one of them.
insight-by-month = This post is for some people only, and so only months count here that are over and in which five people shared it. Its days are not told, and networks only where five people shared on each.
insight-untold-posts = Of a post for some people only, those months count here that are over and in which five people shared it.
insight-left-out = { $count ->
    [one] { $count } post is not counted here: it is for some people only, and what can be told of it stands on its own page.
   *[other] { $count } posts are not counted here: each is for some people only, and what can be told of it stands on its own page.
}
insight-hidden = –
insight-hidden-why = Not shown: fewer than five people were active
insight-how = How is this counted?
insight-how-short = How?
insight-course = Over time
insight-networks = By network
insight-from-hits = From hits to clicks
insight-by-state = Shares by state
insight-what = What
insight-count = Number
insight-why = Why
insight-state = State
insight-shares = Shares
insight-clicks = Clicks
insight-hits = Hits
insight-visitor-days = Visitor-days
insight-reach = Potential reach
insight-not-deduplicated = Not de-duplicated
insight-worth = Earned media value
insight-upper-bound = Value of the reach (upper bound)
insight-upper-bound-label = Upper bound, never added to the value above
insight-human = Hits by readers
insight-repeats = Repeated within the hour
insight-capped = Above the cap of a network
insight-counted = Counted clicks
insight-raw-to-counted = { $hits ->
    [one] { $hits } hit → { $human } by readers → { $clicks } counted
   *[other] { $hits } hits → { $human } by readers → { $clicks } counted
}
insight-unpriced = { $count ->
    [one] One click has no price: no rate was valid for it.
   *[other] { $count } clicks have no price: no rate was valid for them.
}
insight-by-cpc = { $count ->
    [one] { $network }: { $count } click at { $price }, rate valid from { $since }
   *[other] { $network }: { $count } clicks at { $price }, rate valid from { $since }
}
insight-by-cpm = { $count ->
    [one] { $network }: { $count } follower at { $price } a thousand, rate valid from { $since }
   *[other] { $network }: { $count } followers at { $price } a thousand, rate valid from { $since }
}
insight-version-cpc = { $network }: { $price } a click, rate valid from { $since }
insight-version-cpm = { $network }: { $price } a thousand views, rate valid from { $since }
insight-no-rate = none
insight-thousands = { $number } k
insight-millions = { $number } M
decimal-mark = .

formula-shares = Shares that began in this time and that their member confirmed, that somebody else's click proved, or that were published. A share counts once per person, post and network.
formula-clicks = { $count ->
    [one] The first hit of a reader on a link within a clock hour. Robots, own visits, repeated ones and readers who asked not to be tracked are left out; one click a day counts per link and reader's network.
   *[other] The first hit of a reader on a link within a clock hour. Robots, own visits, repeated ones and readers who asked not to be tracked are left out; at most { $count } clicks a day count per link and reader's network.
}
formula-visitor-days = Browsers with a counted click, once per link and day (UTC). Who comes back on another day, or opens another link, counts again: nobody is followed from day to day.
formula-reach = The followers of the accounts that shared, at the time of sharing, added up. Who follows two of them counts twice.
formula-worth = Counted clicks × what your organization pays for a click on that network, by the rate that was valid in that month.
formula-upper-bound = Potential reach ÷ 1,000 × what your organization pays for a thousand views on that network. Not every follower sees a post, so it is an upper bound.

why-raw = Every request of a link, as it came
why-filtered = What is left without robots, own visits and who asked not to be tracked
why-bot = A program, not a reader
why-own = The member who shared it
why-private = Asked not to be tracked: the link and the time are all that is kept
why-repeats = The same reader on the same link, within the hour
why-capped = More than one network plausibly reads in a day
why-counted = What is left, and what earns points
why-state-counts = Counts as a share
why-state-not = Does not count

reason-head = Only asked whether the page is there
reason-prefetch = Fetched ahead, or for a preview
reason-crawler = Known crawlers
reason-scanner = Known link scanners
reason-no-agent = Did not say what they are
reason-own-cookie = Own, by the browser
reason-own-visit = Own, by a visit that day
reason-dnt = Do Not Track
reason-gpc = Global Privacy Control

share-opened = Opened
share-confirmed = Confirmed
share-proven = Proven by a click
share-published = Published
share-scheduled = Planned
share-failed = Failed
share-withdrawn = Taken back

chart-day = Day
chart-week = Week
chart-month = Month
chart-table = Show as a table
chart-nothing = Nothing in this time.
chart-summary = { $all } in all; the most was { $most }, { $when }.

insight-posts-lead = What each post did since it went live, the newest first.
insight-published = Live since
insight-no-posts-title = No post has gone live yet
insight-no-posts-text = Once a post is out, its shares and clicks stand here.
insight-reach-note = Potential reach is not de-duplicated: who follows two people counts twice.
insight-posts-limit = The file holds the newest { $count } posts at most.
insight-campaigns-lead = What the posts of a campaign did together.
insight-campaigns-note = Everything since its first post went live, without posts for some people only; where there are such, it says “at least”. Of the goals, traffic alone can be measured by links: its target is compared with counted clicks.
insight-progress = So far
insight-of-target = { $count } of { $target }
insight-at-least = at least { $count } of { $target }
insight-unmeasured = Not measured yet
insight-no-campaigns-title = No campaign yet
insight-no-campaigns-text = Name a campaign in a post, and what its posts do is added up here.
insight-ends = ends
insight-teams-lead = What teams of five active people and more did, by months that are over.
insight-no-teams-title = No teams yet
insight-no-teams-text = Once people belong to teams, what these did stands here, never by person.
insight-no-own-team-title = You are in no team yet
insight-no-own-team-text = Ask whoever looks after members to put you into one.
insight-team-lead = What it did in the last twelve months that are over.
insight-team-months = Month by month
insight-team-networks = Networks, and what clicks and reach are worth, stand at months in which five of the team shared on each network, those that too few used counted together, and in which nothing follows for fewer elsewhere. Which networks have a name is the same for all teams of a month.
insight-no-network-why = Not shown: fewer than five people of the team shared on some network, or it would tell of so few elsewhere
insight-other-networks = Other networks together
insight-others-unpriced = What was done on other networks together is not valued.
insight-team-untold-title = Nothing is told of this team yet
insight-team-untold-text = Only months count that are over and in which five of its people shared, and whose number tells of no fewer people elsewhere. Of the last twelve, there is none.
insight-kept-back = A dash stands where fewer than five people of a team shared in that month, and where the number would tell of so few elsewhere.
insight-how-teams = How are teams counted?
formula-teams = Each number is that of the team and all teams below it. A share, and the clicks that it brought, belong to the team of their member at the time of sharing, and stay there.
formula-teams-why = Teams are shown with five people and more who shared in the month. Where all but a small team were shown, the rest would tell about it; so another one is kept back with it. The running month is not shown, because its difference from yesterday would tell what somebody did today.

export-network = Network
export-all = All networks
export-until = Until
export-post = Post
export-team = Team
export-reach = Potential reach (not de-duplicated)
export-rate = Rate

health-lead = Whether the programme lives, and what needs a hand.
health-alarms = What needs a hand
health-alarm = Look here
health-good = Good
health-no-alarm = Activity holds, there is enough to share, and no review waits too long.
health-invited = Invited
health-joined = Joined
health-connected = Connected
health-active = Active
health-adoption = Adoption
health-percent = { $count } %
health-bands = Below 10 % a programme has stalled; from 30 % on it thrives.
health-few = It shows once five people were active in the last thirty days.
health-weeks = Shares in the last weeks
health-weeks-none = They show week by week once five people were active in the last thirty days and in each month that is over, so that no number is one person's.
health-weeks-few = { $count ->
    [one] A dash stands at one week: fewer than five people were active in a month that it lies in.
   *[other] A dash stands at { $count } weeks: fewer than five people were active in a month that they lie in.
}
band-stalled = Stalled
band-growing = Growing
band-thriving = Thriving
alarm-falling = Fewer shares in each of the last three weeks than in the week before.
alarm-dry = { $count ->
    [0] Content runs dry: a week from now, no post can be shared.
    [one] Content runs dry: a week from now, one post can be shared.
   *[other] Content runs dry: a week from now, only { $count } posts can be shared.
}
alarm-reviews = { $count ->
    [one] One review waits too long:
   *[other] { $count } reviews wait too long:
}
alarm-hours = { $count ->
    [one] more than an hour.
   *[other] more than { $count } hours.
}
formula-invited = Everybody on the list who did not leave.
formula-joined = Those of them who finished their first steps in chat.
formula-connected = Those of them with an account on Slack or Discord.
formula-active = Everybody who shared at least once in the last thirty days, also who has left since.
formula-adoption = Active ÷ joined, rounded down and at most 100 %.

rates-lead = What your organization pays for clicks and views, to tell what yours are worth.
rates-empty-title = No rates yet
rates-empty-text = There are none by default, because nobody else's prices are yours. Type what you pay for advertising, and Insight shows what the same attention would have cost.
rates-since = Valid from
rates-since-help = A month, as in 2026-11. It holds until the next rate of that network.
rates-cpc = Price of a click
rates-cpc-help = Empty for none.
rates-cpm = Price of 1,000 views
rates-cpm-help = Empty for none.
rates-currency = Currency
rates-currency-help = Three letters, as in EUR.
rates-do = What can be done
rates-remove = Remove rate
rates-new = Type a rate
rates-new-help = A rate of the same network and month is replaced. Figures of that month and after are valued anew; each says by which rate.
rates-set = Set rate
rate-fault-network = Choose a network.
rate-fault-currency = That is no currency. It is three letters, as in EUR or USD.
rate-fault-price = That is no price. It looks like 1.20.
rate-fault-none = Type at least one price.
rate-fault-month = That is no month. It looks like 2026-11.
toast-rate-set = The rate is set.
toast-rate-removed = The rate is removed.
