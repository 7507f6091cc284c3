"""Everything a page may know: the findings of a date, what is ahead, what to do."""
