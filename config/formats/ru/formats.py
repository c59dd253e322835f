"""Days and numbers in Russian as United Nations documents write them: "28 ноября 2026 года", "21 200", "3,5"."""

DATE_FORMAT = "j E Y года"
SHORT_DATE_FORMAT = "j E Y"
MONTH_DAY_FORMAT = "j E"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y года, H:i"
SHORT_DATETIME_FORMAT = "j E, H:i"  # of a day not long ago: without its year
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
