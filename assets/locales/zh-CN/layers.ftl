# 图层面板
layers-people = 人员与设施
layers-ground = 底图
layers-tables = 台账（不上图）
layers-records = { $count } 条
layers-table-hint = 打开表格
layers-visible-hint = 在地图上显示
layers-left-out = 已有真实数据，{ $count } 条示例数据不参与计算
layers-empty = 数据库是空的。把台账文件拖进窗口，或点左侧“数据”导入
layers-no-store = 没有打开的数据库。点左侧“数据”，打开或新建一个
layers-all-hidden = 所有图层都隐藏了
table-close = 关闭表格
table-save = 存为 CSV
table-empty = 没有记录
layers-show-all = 全部显示
layers-hide-all = 全部隐藏
table-sort-hint = 点一下排序
