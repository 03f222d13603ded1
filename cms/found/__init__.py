"""Found and shared: what search engines, feed readers and networks read of the public pages.

found page   a page type that mixes in `Found`: it stands in the sitemap, and its head tells machines what it is
sighting     one found page in one language, at its address, with its translations and its last change
closed       kept from readers by Wagtail, by itself or by what stands above: such a page is never told of
linked data  what a page is, in the words of schema.org, as a block of JSON that no browser runs
"""
