"""Places: where the money comes from and where it goes.

region      a place in Kyrgyzstan that has a SOATE code: oblast, city, rayon, city district, aiyl aimak, village
SOATE       the state classifier of places, 14 digits `417 OO RRR AAA VVV`; the code alone says what lies in what
home        the region that a project or an association works for
parent      the nearest region that the code lies in; derived, never stored
recognised  the classifier that we ship knows the code, or a person with authority added it; else kept and flagged
successor   the region that took over when this one was renamed into a new code or merged
host city   a city abroad where compatriots live; it has a country (ISO 3166) and a time zone (IANA)
"""
