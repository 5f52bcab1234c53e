"""The engine's Store port on the ORM, by concern; `orm` puts the parts together."""
