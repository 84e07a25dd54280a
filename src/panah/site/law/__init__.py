"""The law to be read: its pages, and its commands. It is the same for everybody, and stands in no compartment."""
