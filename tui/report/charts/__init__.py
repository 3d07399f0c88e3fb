"""Charts as inline SVG: pure functions from numbers to markup, readable without colour, in light and dark."""
