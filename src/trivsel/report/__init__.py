"""What a workshop leaves behind: figures for screen and paper, and the report as one file that anybody can open.

The figures are light and can be used alone. Whatever needs nbconvert is imported when a report is made, not before.
"""
