# 车程与道路

roads-none = 没有道路数据，算不了车程
roads-none-hint = 请先导入道路：OpenStreetMap 或任何线图层
roads-no-vehicle = 没有“{ $vehicle }”这种车辆；可用：{ $known }
cli-road-far = 起止点离最近的道路 { $metres } 米，车程从路上算起
cli-no-way = 没有道路相通

turn-depart = 出发
turn-straight = 直行
turn-slight-left = 偏左
turn-left = 左转
turn-sharp-left = 向左急转
turn-slight-right = 偏右
turn-right = 右转
turn-sharp-right = 向右急转
turn-around = 掉头
turn-arrive = 到达

limit-shelter-time = { $name }已满：{ $people ->
        [0] 每增加 1 个容量，总时间减少 { $metres } 人·秒
       *[other] 每增加 1 个容量，可多安置 { $people } 人
    }
limit-shelter-time-at-least = { $name }已满：{ $people ->
        [0] 每增加 1 个容量，总时间至少减少 { $metres } 人·秒
       *[other] 每增加 1 个容量，至少可多安置 { $people } 人
    }
limit-time = 时间上限 { $limit } 秒：{ $people ->
        [0] 取消后总时间减少 { $metres } 人·秒
       *[other] 取消后可多安置 { $people } 人
    }
limit-time-estimate = 时间上限 { $limit } 秒：{ $people ->
        [0] 取消后总时间约减少 { $metres } 人·秒（估计值）
       *[other] 取消后约可多安置 { $people } 人（估计值）
    }
