"""The pages on participants' own phones: one question at a time, without account, app or kernel."""
