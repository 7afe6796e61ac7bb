movement-head = 转移组织（估算；自现在下令起，单位：分钟）
movement-by-mode = 步行 { $foot } 人，自驾 { $car } 人，客车 { $bus } 人（{ $buses } 辆，共 { $trips } 车次）。
movement-clear = 全部到达约需 { $likely } 分（{ $low }–{ $high } 分）；道路畅通、车辆充足时至少 { $bound } 分。
movement-stuck-no-road = { $name }：{ $people } 人没有可走的路。
movement-stuck-no-vehicle = { $name }：{ $people } 人没有车，步行又太远。
movement-stuck-no-room = { $name }：{ $people } 人所经道路长期排满，走不出去。
movement-villages = 各村转移时间（最紧的在前）
movement-left = 最迟 { $at } 下令，还剩 { $minutes } 分
movement-too-late = 已迟 { $minutes } 分（应在 { $at } 前下令）
movement-bottlenecks = 排队的道路（最堵的在前）
movement-remedies = 怎样能更快（均已重新推算）
movement-more-buses = 增加 { $buses } 辆客车：提前 { $minutes } 分{ $people ->
    [0] {""}
   *[other] ，多转移 { $people } 人
 }。
movement-wider-road = “{ $name }”双车道同向放行或专人疏导：提前 { $minutes } 分{ $people ->
    [0] {""}
   *[other] ，多转移 { $people } 人
 }。
movement-wider-bridge = 桥梁“{ $name }”双车道同向放行或专人疏导：提前 { $minutes } 分{ $people ->
    [0] {""}
   *[other] ，多转移 { $people } 人
 }。
movement-reopen = 解除“{ $name }”：提前 { $minutes } 分{ $people ->
    [0] {""}
   *[other] ，多转移 { $people } 人
 }。
movement-bad-value = { $option } 不能是“{ $value }”。
movement-bad-value-hint = 时间写分钟数（0–10080）或时刻（如 2026-07-05T16:40），比例写 0 到 1。
cli-col-first-leave = 首批出发
cli-col-all-there = 全部到达
cli-col-latest-start = 最迟下令
cli-col-cars-per-hour = 每小时可过（辆）
cli-col-vehicles = 车辆
cli-col-longest-wait = 最长排队
cli-arg-evacuate-movement = 同时推算转移组织：谁何时走、何时全部到达、最迟何时下令
cli-arg-evacuate-buses = 可用客车数（默认见参数表）
cli-arg-evacuate-seats = 每辆客车座位
cli-arg-evacuate-car-share = 不步行的人中自驾的比例，0 到 1
cli-arg-evacuate-notify-min = 下令到全部通知到的分钟数
cli-arg-evacuate-prepare-min = 通知后到半数人可出发的分钟数
cli-arg-evacuate-danger = 危险到达：从现在起的分钟数，或时刻
movement-vehicles = 步行 { $foot } 人，自驾 { $car } 人，客车 { $bus } 人
movement-wider-unnamed = 无名道路双车道同向放行或专人疏导：提前 { $minutes } 分{ $people ->
    [0] {""}
   *[other] ，多转移 { $people } 人
 }。
movement-unnamed = 无名道路
