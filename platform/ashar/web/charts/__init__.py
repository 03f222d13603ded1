"""Charts: from labelled numbers to the lines of an SVG, drawn on the server and written out in a table.

figures    what is drawn: labels, and one or more series with as many numbers as there are labels
series     a name and its numbers; whole ones: an amount of money is a number of minor units with the currency
           told once, 5,5 is 55 with one decimal told once
kind       bar, stacked, line or donut
drawing    what the template prints: shapes, words, a legend, a sentence for screen readers and the table behind it
face       how one series looks: one of four colours with one of three textures, so twelve tell each other apart
badge      the number of a series, standing in its shapes and in the legend: colour never says anything alone
"""

from ashar.web.charts.figures import Figures, Series
from ashar.web.charts.picture import KINDS, Picture, draw

__all__ = ["KINDS", "Figures", "Picture", "Series", "draw"]
