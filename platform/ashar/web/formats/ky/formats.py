"""Kyrgyz by CLDR, where Django has the decimal point and Russian word order. Day input as people type it here."""

DATE_FORMAT = "Y-ж., j-E"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y-ж., j-E H:i"
YEAR_MONTH_FORMAT = "Y-ж., F"
MONTH_DAY_FORMAT = "j-E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
