"""Snippets: what editors write once and many pages show; a change here changes them all.

contact     an office or person one can turn to, and for what
partner     who works with us: a name, a logo, what they do
figure      a number with its unit, its year, what is counted and who says so
spoken      a snippet in the language of the reader, or in the next best it exists in

People are pages (`cms.pages.people`): each has an address of its own. What an editor may do stands in
`cms.editing.own_language`. A workflow of their own they have not: only editors write them, who publish pages too.
"""
