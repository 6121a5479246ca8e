# Topics.

topics-title = Topics
topics-lead = What posts are about, in your own words.
topics-all = All topics
topics-empty-title = There are no topics yet
topics-empty-text = Topics say what a post is about, so that people can find what interests their network. Every topic that somebody names in a post appears here by itself.
topic-new = A new topic
topic-name = Name
topic-name-help = At most 60 characters. Case and accents do not count.
topic-make = Make topic
topic-change = Change
topic-change-named = Change { $name }
topic-save = Save
topic-into = Merge into
topic-merge-text = Everything that is about it is about the other one afterwards. That cannot be undone.
topic-merge = Merge { $name }
topic-remove = Remove { $name }
topic-posts = { $count ->
    [0] no posts
    [one] { $count } post
   *[other] { $count } posts
}
topic-name-fault = Write a name with at most 60 characters, of which one is a letter or a digit.
topic-name-taken = Another topic has this name. Merge the two.
topic-in-use = Posts are about it. Merge it into another topic.
topic-into-fault = Choose the topic that takes this one in.
toast-topic-made = The topic is made.
toast-topic-saved = The topic is saved.
toast-topic-merged = The two topics are one.
toast-topic-removed = The topic is removed.
