"""Simulated participants, so that a facilitator can practise alone; they come over real HTTP like everybody else."""
