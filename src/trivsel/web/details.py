"""The details of a workshop: what was filled in when it was made can be put right, and what was left out filled in."""

from __future__ import annotations

from typing import ClassVar

from trivsel.web.workplace import WorkplaceForm


class Details(WorkplaceForm):
    """The form with what belongs to any workshop."""

    template = "details.html"
    asked: ClassVar = {
        "title": "home.title",
        "name": "home.workplace",
        "people": "home.people",
        "committee": "home.committee",
        "leads": "home.leads",
        "manager_leads": "changing.manager_leads",
        "leaders": "changing.leaders",
        "end": "changing.end",
        "data_owner": "changing.data_owner",
        "least": "changing.least",
    }
