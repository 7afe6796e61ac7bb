# The map and its controls.
map-name = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-home = Whole county
map-fit = Show the whole answer
map-notice-sample = Sample data
map-notice-schematic = Schematic outline, not for delimiting boundaries
