"""What the kit knows and says: programmes, steps, catalogues and texts, read from files that a trainer can change."""

from trivsel.content.advice import Told, told
from trivsel.content.catalogues import goals, initiatives
from trivsel.content.guide import Guide, guide, guide_html, guide_mistakes, guide_pages
from trivsel.content.holidays import calendar
from trivsel.content.ideas import Ideas, ideas_for, nearest_goal
from trivsel.content.mistakes import ContentError, fill
from trivsel.content.programmes import programme, programmes
from trivsel.content.reading import read_day, read_number
from trivsel.content.sensitive import doubts, sensitive
from trivsel.content.shelf import place
from trivsel.content.texts import Say, languages, say

__all__ = [
    "ContentError", "Guide", "Ideas", "Say", "Told", "calendar", "doubts", "fill", "goals", "guide", "guide_html",
    "guide_mistakes", "guide_pages", "ideas_for", "initiatives", "languages", "nearest_goal", "place", "programme",
    "programmes", "read_day", "read_number", "say", "sensitive", "told",
]  # fmt: skip
