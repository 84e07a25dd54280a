"""Facts by the method: indicators, explanations, acceptance, what distorts a telling, and the inventory."""
