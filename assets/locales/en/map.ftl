# The map and its controls.
map-name = Map
