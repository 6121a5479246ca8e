# Campaigns.

campaigns-title = Campaigns
campaigns-lead = What several posts serve together, and what it is to bring.
campaigns-empty-title = There are no campaigns yet
campaigns-empty-text = A campaign gathers posts under one goal, such as twelve applications by March. Its name stands in the links of its posts, so that every visit can be counted for it.
campaign-new = New campaign
campaign-new-lead = Say what it is for, and how you will see whether it worked.
campaign-plan = What it is for
campaign-name = Name
campaign-goal = Goal
campaign-no-goal = No goal yet
campaign-target = Target
campaign-target-help = How much of the goal: applications, leads, visits.
campaign-area = Area of the company
campaign-no-area = None in particular
campaign-ends = Last day
campaign-ends-help = From the day after no posts can be handed in for it. Left empty it does not end.
campaign-end = End
campaign-ends-at = Ends
campaign-ended = Ended
campaign-posts = Posts
campaign-count = { $count ->
    [0] no posts
    [one] { $count } post
   *[other] { $count } posts
}
campaign-slug = Name in links
campaign-slug-help = Lower-case letters, digits and hyphens, such as spring-opening. Left empty it follows from the name. It cannot be changed later.
campaign-slug-kept = Its name in links:
campaign-make = Make campaign
campaign-save = Save
campaign-end-now = Ending it
campaign-end-text = No more posts can be handed in for it. Those that are live go on until they expire.
campaign-end-button = End it now
campaign-name-fault = Write a name with at most 120 characters.
campaign-slug-fault = Use lower-case letters, digits and single hyphens, such as spring-opening.
campaign-slug-taken = Another campaign has this name in links. Choose another one.
campaign-goal-fault = Choose the goal that the target counts.
campaign-target-fault = Write a whole number from 1 on, or leave it empty.
campaign-ends-fault = Write a day such as 2027-03-31, or leave it empty.
goal-awareness = Awareness
goal-traffic = Traffic
goal-leads = Leads
goal-recruiting = Recruiting
goal-retention = Retention
goal-training = Training
area-marketing = Marketing
area-sales = Sales
area-customer-care = Customer care
area-hr = HR
area-research = R&D
area-executives = Executives
toast-campaign-made = The campaign is made.
toast-campaign-saved = The campaign is saved.
toast-campaign-ended = The campaign has ended.
