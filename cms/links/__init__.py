"""The links of pages: found in what is stored, asked for, and those that lead nowhere, since when."""
