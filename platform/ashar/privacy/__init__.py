"""Privacy: what we hold on people, why, on what ground, how long - and how a person takes it away.

personal      a field that tells something about a living person; classified in the part's `personal_data.py`
impersonal    a field that looks as if it might, and the part says that it does not
purpose       the one thing a personal field is held for
basis         the ground in law that we hold it on (`Basis`)
retention     how long; a named rule whose days and texts are rows, changed without a release
keeper        a part's function that forgets what is past its date under one rule; the clock asks all of them once a day
sensitivity   five classes, from what is public anyway to what endangers a person (`Sensitivity`)
collector     a part's function that gathers all it holds on one person; together they make the export
eraser        a part's function that removes or blunts what it holds on one person
erasure       a person's wish to be forgotten: a row with an author and a date, carried out by staff
sealing       encrypting a secret under the ring of keys (`KEY_RING`), so that the database alone does not give it away
data map      the table of all of it, written from the code: docs/data-map.md
"""
