# 转移安置：不可用原因、未安置原因、方案瓶颈
unusable-closed = 已停用
unusable-full = 已满员
unusable-in-danger = 位于危险区内
unusable-unfit-for-hazard = 不适用于本灾种
unusable-no-data = 容量无数据，请补录容纳人数或有效避难面积
unusable-no-position = 无坐标，请补录位置

why-too-far = 允许距离内没有可用的避难场所，可放宽距离或就近开设临时安置点
why-no-capacity = 可到达的避难场所已满，请增开场所或扩充容量
why-no-shelter = 没有可用的避难场所，请先开放或补录
why-no-data = 人口无数据，请核实转移人数
why-too-large-to-keep-together = 没有一处场所能整村安置，可取消“整村安置”后拆分

unresolved-unknown-settlement = 查不到这个村（居），或有重名：请更正该行
unresolved-unknown-shelter = 查不到这个安置点，或有重名：请更正该行

limit-shelter = { $name }已满：{ $people ->
        [0] 每增加 1 个容量，总路程减少 { $metres } 人·米
       *[other] 每增加 1 个容量，可多安置 { $people } 人
    }
limit-shelter-at-least = { $name }已满：{ $people ->
        [0] 每增加 1 个容量，总路程至少减少 { $metres } 人·米
       *[other] 每增加 1 个容量，至少可多安置 { $people } 人
    }
limit-distance = 距离上限 { $limit } 米：{ $people ->
        [0] 取消后总路程减少 { $metres } 人·米
       *[other] 取消后可多安置 { $people } 人
    }
limit-distance-estimate = 距离上限 { $limit } 米：{ $people ->
        [0] 取消后总路程约减少 { $metres } 人·米（估计值）
       *[other] 取消后约可多安置 { $people } 人（估计值）
    }
