"""Many sessions in one Home Assistant, with faults: nothing may be left behind."""
