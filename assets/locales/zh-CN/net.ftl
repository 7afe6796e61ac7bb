# 路网检查
net-sound = 路网检查：没有发现断头和孤立路段
net-found = 路网检查：{ $gaps } 处断头，{ $islands } 片孤立
net-hint = 断头和孤立路段会让车程偏长或“到不了”。点一处，到地图上核对
net-gaps = 断头：差一点没接上
net-islands = 孤立：与主路网不相通
net-more = 另 { $count } 处
store-check-road-gap = 道路“{ $name }”的端点离另一条路 { $metres } 米，没有接上（{ $at }）
store-check-road-island = 从道路“{ $name }”起的 { $metres } 米道路与主路网不相通（{ $at }）
store-check-road-without-line = 道路“{ $name }”没有线形
store-check-lost-restrictions = { $count } 条转向限制的道路不在它的点上相接，未计入
store-check-lost-gates = { $count } 个道闸不在任何道路上，未计入
