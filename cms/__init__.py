"""CMS: Wagtail pages, thin faces over the parts above.

Its words:

page        what an editor writes and a reader opens; it shows domain rows, it never owns money or people
tree        the pages of one language; the trees of ky, ru and en have equal slugs
face        a page that stands for one domain row: ProjectPage for a project, AssociationPage for an association
staff room  a list in the Wagtail menu where officers read and act: gifts, refunds, inbox, ledger
page cache  whole public pages kept for readers who are not signed in, until something is published or posted
"""
