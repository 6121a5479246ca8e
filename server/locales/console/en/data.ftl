# Your data, erasing, and how long things are kept.

data-title = Your data
data-lead = What Chorus knows of you is yours: take it along, or have it erased.
data-open = Your data …
data-open-text = Everything that is known of you as a file, and how to erase it.
data-export = Everything as a file
data-export-text = Who you are, what you chose, dismissed, shared and earned, what you wrote, proposed and did. It is a JSON file for you alone; that you took it stands in the audit log.
data-export-by-another = You came in by a link that somebody else handed out. Until you log in by a way of your own, the file holds only what that person could give you.
data-export-button = Download my data
data-erase = Erase me
data-erase-text = Your name, address, accounts, settings and log-ins are destroyed, and your direct messages are taken back where the chat allows. What you shared stays without your name, its links go on working, and all sums stay as they are.
data-erase-open = Erase me …
data-erase-name = Your name or your e-mail address
erase-name-help = To be sure who is meant, type: { $name }
erase-for-good = This cannot be undone.
erase-button = Erase { $name }
erase-not-meant = That is neither the name nor the address. Type one of them in full.
erase-last-owner = Nobody else looks after the organization. Make somebody else an owner first.
erase-by-another = This log-in began with a link that somebody else handed out, who may be using it. Log in by a way of your own, such as a chat or a password that you chose there, before you erase yourself or others.
leave-by-another = This log-in began with a link that somebody else handed out, who may be using it. Whoever leaves here is erased: log in by a way of your own, such as a chat or a password that you chose there.
goodbye-title = You are erased
goodbye-text = Nothing here knows your name any more. Thank you for having been here. You can close this window.

member-data = Data
member-export-text = If { $name } asks for their data, hand them this file: who they are, their accounts, what they wrote, proposed and did here, as far as you may read it. What they chose, dismissed, shared and earned is only in the file that they download themselves.
member-export-button = Export the data of { $name }
member-erase-text = Name, address, accounts, settings and log-ins are destroyed. What was shared stays without the name, links go on working, and all sums stay as they are.
member-erase-open = Erase this person …
member-erase-name = Their name or e-mail address
member-leave-forgets = Your organization keeps no names of who leaves: this person is erased at once, and cannot be brought back.
toast-member-erased = Erased. Sums and links are what they were.

retention-title = How long things are kept
retention-lead = What is past its time is removed within a few hours, for good. Clicks, points and every sum stay as they are.
kept-visit-details = Details of visits
kept-visit-details-text = From which country and site a reader came, and on what kind of device. The visit itself stays, without them.
kept-visit-details-lost = { $count ->
    [0] No visit is that old yet.
    [one] { $count } visit would lose its details.
   *[other] { $count } visits would lose their details.
}
kept-deliveries = Messages to chats
kept-deliveries-text = When which message went where, of posts that have ended. The messages stay in the chats, but can no longer be changed or taken back from here.
kept-deliveries-lost = { $count ->
    [0] No message in a channel is that old yet. Those to people are not counted: their number could tell who wanted none.
    [one] { $count } message in a channel would be forgotten, and those to people of that time. These are not counted: their number could tell who wanted none.
   *[other] { $count } messages in channels would be forgotten, and those to people of that time. These are not counted: their number could tell who wanted none.
}
kept-audit-log = Audit log
kept-audit-log-text = Who changed what.
kept-audit-log-lost = { $count ->
    [0] No entry is that old yet.
    [one] { $count } entry would be removed.
   *[other] { $count } entries would be removed.
}
kept-leaver-names = Names of who left
kept-leaver-names-text = Name, address and accounts of people who left. What they shared stays without a name. With 0 days they are erased as soon as they leave, and a day later where a chat says that they did; who is erased cannot be brought back.
kept-leaver-names-lost = { $count ->
    [0] Nobody left that long ago.
    [one] { $count } person who left would be erased.
   *[other] { $count } people who left would be erased.
}
kept-lost-many = More than { $count } would be removed.
kept-lost-warning = This cannot be undone.
kept-lose = { $count ->
    [0] Keep nothing, and remove it for good
    [one] Keep { $count } day, and remove what is older for good
   *[other] Keep { $count } days, and remove what is older for good
}
kept-leave-it = Leave it as it is
kept-now = Kept
kept-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
kept-at-once = not at all
kept-forever = for good
kept-default = Unless you choose: { $days }.
kept-run = Last looked at
kept-no-run = Not looked at yet
kept-removed = { $count ->
    [0] nothing removed so far
    [one] { $count } removed when something last was
   *[other] { $count } removed when something last was
}
kept-field = Days
kept-tick = Keep for good
kept-save = Save
kept-fault = Type a whole number of days within the bounds.
kept-fixed = What has its own time
kept-sessions = Log-ins end 30 days after their last use, 90 days after they began at the latest.
kept-links = One-time links and codes are forgotten once they no longer count; tries to log in after a quarter of an hour.
kept-imports = Imported files are forgotten once they are taken over, and what their lines did after a week.
kept-dismissals = That somebody dismissed a post is forgotten when the post ends.
kept-answers = Answers to repeated requests are forgotten after a day.
kept-salts = What tells one reader of a day from another is destroyed after that day.
kept-proposals = Proposals stay for good too, also those that were declined or taken back. Whoever is erased is named in none.
kept-good = Posts, shares, links, clicks, points and sums stay for good, without a name once somebody is erased.
toast-retention = Saved. It is carried out within a few hours.
