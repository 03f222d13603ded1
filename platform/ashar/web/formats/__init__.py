"""Date and number formats by CLDR where Django differs."""
