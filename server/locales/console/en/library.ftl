# The library of posts.

rail-library = Library
library-title = Library
library-lead = Everything there is to share, from idea to archive.
library-states = Posts by state
library-view = How it is shown
library-list = List
library-board = Board
library-search = Search
library-kind = Kind
library-network = Network
library-topic = Topic
library-campaign = Campaign
library-language = Language
library-sort = Order
library-any = Any
library-find = Find
library-filtered = What is looked for
library-without = Without { $name }
library-all = Show everything
library-views = Your views
library-forget = Forget the view { $name }
library-keep = Keep this view
library-view-name = Name
library-keep-it = Keep
library-column-empty = Nothing here.
library-more = Show all
library-empty-title = There are no posts yet
library-empty-text = A post is something worth sharing: an article, an open position, a story. Write one, or follow a feed that brings them in.
library-none-title = Nothing fits
library-none-text = No post is like that. Take something out of the filter.
library-tick = Choose { $title }
library-ticked = chosen
library-bulk = With the posts you ticked:
library-next = More posts
step-archive = Archive
step-unarchive = Bring back
step-days = Days
step-shift = Move
step-campaign = Set campaign
step-withdraw = Withdraw posts
step-withdraw-text = They vanish from every chat, and nobody can share them any more. This cannot be undone.
step-withdraw-ticked = Withdraw the ticked posts
step-withdraw-one = Withdraw 1 post
step-withdraw-many = Withdraw { $posts } posts
refusals-title = Not every post took that step
refusals-lead = { $count ->
    [one] One post stayed as it was.
   *[other] { $count } posts stayed as they were.
}
refusals-back = Back to the library
refused-state = It is in a state that does not allow this step.
refused-fault = Something in it is not right for this step yet: open it and look at its checks.
refused-late = Somebody changed it meanwhile. Try again.
refused-own = You wrote it, so somebody else has to approve it.
refused-role = Your role does not allow this step.
refused-away = The database did not answer. Try again.
toast-view-saved = The view is kept.
toast-view-refused = A view needs a name of at most 60 letters, and you can keep fifty.
toast-view-deleted = The view is forgotten.
toast-steps-what = Choose what is to be done with the posts.
toast-steps-none = Tick the posts first.
toast-steps-refused = Nothing was changed: none of these posts can take that step.
toast-steps-some = { $count ->
    [one] One post was changed; the others cannot take that step.
   *[other] { $count } posts were changed; the others cannot take that step.
}
toast-steps-done = { $count ->
    [one] One post was changed.
   *[other] { $count } posts were changed.
}
library-empty-first = Write the first post
library-search-help = Search words, topics, headlines
library-filters = Filter and order
library-every = Choose all of this page
