"""The door for mail services that post what they receive: raw MIME only, signed only."""
