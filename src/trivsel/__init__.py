"""Trivsel: a workshop kit for health and wellbeing at work that lasts."""
