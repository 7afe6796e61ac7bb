# The map and its controls.
map-name = 地图
