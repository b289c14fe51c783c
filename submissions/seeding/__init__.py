"""The house's own data and the demo, loaded from the files under seeds/: what is there already is never touched."""
