"""CMS: Wagtail pages, thin faces over the parts above.

Its words:

page        what an editor writes and a reader opens; it shows domain rows, it never owns money or people
tree        the pages of one language; the trees of ky, ru and en have equal slugs
face        a page that stands for one domain row: ProjectPage for a project, AssociationPage for an association
staff room  a list in the Wagtail menu where officers read and act: gifts, refunds, inbox, ledger
desk        what waits for an editor, what they began, what is scheduled and what is amiss, on the admin's front page
finding     one thing that a check tells an editor to look at again; it never stops anybody
page cache  whole public pages kept for readers who are not signed in, until something is published or posted
"""
