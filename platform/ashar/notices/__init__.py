"""Notices: what the platform tells people, each in their own language, once.

- *notice*: one text for one occasion, rendered at the moment it tells of; its key makes it the only one.
- *kind*: which text it is: a folder `notices/<kind>/` in the templates of the app that tells.
- *facts*: what the text mentions.
- *channel*: a way to reach somebody: mail, the inbox on the site; more are adapters beside them.
- *dispatch*: one notice on its way through one channel: waiting, sent or dead.
- *inbox*: the page where a signed-in person reads what they were told.
- *sample*: facts with which a kind is previewed and tested.
- *mailbox*: the demo's page that shows every mail the platform would have sent.
"""
