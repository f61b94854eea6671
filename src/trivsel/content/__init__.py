"""What the kit knows and says: programmes, steps, catalogues and texts, read from files that a trainer can change."""

from trivsel.content.catalogues import goals, initiatives
from trivsel.content.mistakes import ContentError, fill
from trivsel.content.programmes import programme, programmes
from trivsel.content.shelf import place
from trivsel.content.texts import Say, languages, say

__all__ = [
    "ContentError", "Say", "fill", "goals", "initiatives", "languages", "place", "programme", "programmes", "say",
]  # fmt: skip
