# The map and its controls.
map-name = 地图
map-zoom-in = 放大
map-zoom-out = 缩小
map-home = 全县
map-fit = 显示全部结果
map-notice-sample = 示例数据
map-notice-schematic = 示意图，不作划界依据
