"""Pictures of the plan, the same on the shared screen and in the report: small SVG drawings with words inside.

Each takes the workshop as it is, a language and a prefix of its own for ids, and gives markup that can be put in any
page: no styles to load, no scripts, a title and a description that says what the picture says.
"""

from trivsel.report.figures.bars import answer_bars
from trivsel.report.figures.dots import goal_dots
from trivsel.report.figures.map import goal_map
from trivsel.report.figures.matrix import matrix
from trivsel.report.figures.needs import needs
from trivsel.report.figures.wheel import year_wheel

__all__ = ["answer_bars", "goal_dots", "goal_map", "matrix", "needs", "year_wheel"]
