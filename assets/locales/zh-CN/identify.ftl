# 要素卡片
card-fields = 资料
card-place = 坐标
card-read-only = 数据库只读，不能修改
card-type-figure = 输入人数
card-history = 修改记录
card-show = 定位
card-nearest = 从这里查最近
card-area = 当作险区
undo-hint = 撤销最近一次修改，不论是谁改的、改了哪一条；撤销后会说明
history-line = { $field }：{ $old } → { $new }
history-import = 导入更新了整条记录
