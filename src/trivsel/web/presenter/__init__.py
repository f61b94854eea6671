"""The page that only whoever leads the meeting sees: now and next, the clock, cards to look at first, the door."""
