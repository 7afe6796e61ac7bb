# 命令行

cli-about =
    守夜 Shouye：县级应急指挥的离线地理信息系统。
    不带命令时打开桌面窗口；带命令时直接回答，问题和桌面上的一样。
cli-after-help =
    例：
      shouye nearest --at 116.489,35.733 --kind shelter -k 3
      shouye evacuate --area 险区.geojson --hazard flood
      shouye import 避难场所.csv --as shelter
      shouye 命令 --help    查看一个命令的用法
cli-heading-usage = 用法：
cli-heading-commands = 命令
cli-heading-arguments = 参数
cli-heading-options = 选项
cli-heading-general = 通用选项
cli-value-command = 命令
cli-later = （后续版本提供）

cli-command-new = 新建数据库：含示范县，或用 --empty 建空库
cli-command-fields = 列出标准字段：名称、类型、单位、可选值、台账里的叫法
cli-command-import = 导入台账和图层：GeoJSON、CSV、XLSX、Shapefile、GeoPackage、OpenStreetMap
cli-command-export = 导出一个图层：.geojson .csv .xlsx .gpkg
cli-command-layers = 列出图层：条数、来源、日期、是否示例数据
cli-command-add = 新增一条记录，如封路；可用 set --undo 撤销
cli-command-set = 修改一条记录，可撤销
cli-command-check = 检查数据库：完整性、编号、规则
cli-command-backup = 备份数据库
cli-command-restore = 用备份恢复数据库
cli-command-nearest = 查最近的资源
cli-command-exposure = 查一片区域里有多少人、哪些设施
cli-command-evacuate = 编制疏散安置方案：不超容量，先保人数，再求路程最短

cli-arg-store = 数据库文件；不写就用自己的库（第一次使用时由示范县建立）
cli-arg-lang = 语言：zh（默认）或 en
cli-arg-json = 只输出一个 JSON 对象，出错时也一样
cli-arg-import-worker = 读取文件的后台进程
cli-arg-help = 显示用法
cli-arg-version = 显示版本

cli-arg-new-file = 新数据库的文件名，如 county.gpkg
cli-arg-new-empty = 建空库，不带示范县
cli-arg-fields-kind = 只看一个类别，如 shelter；不写则全部列出
cli-arg-import-files = 要导入的文件，按先后各成一个事务
cli-arg-import-kind = 指明类别，如 shelter；不写则自动识别
cli-arg-import-layer = 文件里的图层名或工作表名
cli-arg-import-crs = 坐标系：EPSG:4548 这样的编号、GCJ02 或 BD09
cli-arg-import-encoding = 文字编码，如 UTF-8、GBK、Big5
cli-arg-import-column = 指明哪一列是哪个字段，如 capacity=核定人数；可写多次
cli-arg-import-clip = 只要这个范围内的：最小经度,最小纬度,最大经度,最大纬度；或写 boundary，只要县界内的
cli-arg-import-replace = 整层替换：导入后该图层只有这个文件的内容
cli-arg-import-dry-run = 只试读并报告，不改数据库
cli-arg-import-undo = 撤销上一次导入
cli-arg-export-layer = 图层名（见 shouye layers）或类别
cli-arg-export-file = 目标文件，按扩展名定格式
cli-arg-add-kind = 类别，如 closure（见 shouye fields）
cli-arg-add-values = 字段=值，如 name=泉河桥 depth_m=0.3 valid_to=2026-11-24T20:00+08:00
cli-arg-add-at = 位置：一个点的经纬度
cli-arg-add-area = 位置：含点、线或面的 GeoJSON 文件
cli-arg-add-why = 新增原因，记入变更表
cli-arg-set-id = 记录的 id，或唯一的编号
cli-arg-set-values = 字段=新值，如 status=open occupied=120；等号后留空表示无数据
cli-arg-set-why = 修改原因，记入变更表
cli-arg-set-undo = 撤销上一次修改
cli-arg-backup-file = 备份到这个文件
cli-arg-restore-file = 用来恢复的备份文件
cli-arg-nearest-at = 从哪里找：经度,纬度，单位为度，如 116.489,35.733
cli-arg-nearest-points = 批量查询：CSV 文件，列 lon、lat，可有 id
cli-arg-nearest-kind = 找什么，如 shelter、station、hospital；全部类别见 shouye fields
cli-arg-nearest-k = 最多几个（默认 5）
cli-arg-nearest-within = 最远多少米
cli-arg-nearest-conditions = 条件，如 status=open 或 'capacity>=500'；可写多次，须同时满足
cli-arg-nearest-by = 按什么排：distance 直线距离（默认）、time 车程
cli-arg-nearest-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-nearest-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-nearest-out = 把结果写成 GeoJSON 点文件
cli-arg-exposure-area = 区域文件（面），GeoJSON
cli-arg-exposure-at = 圆心：经度,纬度
cli-arg-exposure-within = 半径（米）
cli-arg-evacuate-area = 险区文件（面），GeoJSON
cli-arg-evacuate-hazard = 灾种：flood 洪涝、earthquake 地震、chemical 危化品、fire 火灾；只用适用的场所
cli-arg-evacuate-stay = 安置时长：emergency 紧急、temporary 临时、short 短期（默认）、medium 中期、long 长期
cli-arg-evacuate-keep-together = 整村安置，不拆分
cli-arg-evacuate-by = 按什么算：distance 直线距离（默认）、time 车程
cli-arg-evacuate-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-evacuate-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-evacuate-max = 最远多少米；按车程时为多少秒
cli-arg-evacuate-out = 把方案写成 GeoJSON 线文件，一条线从村到场所

full-stop = 。
cli-error = 错误：{ $message }
cli-error-hint = 错误：{ $message }{ $hint }
cli-internal = 程序内部出错：{ $reason }。
cli-stdout-failed = 结果写不出去：{ $reason }。
cli-not-available = 本版本还没有 { $what }。
cli-not-available-hint = 现有命令见 shouye --help。
cli-cancelled = 已取消。
cli-cannot-write = 写不了文件 { $file }：{ $reason }。
cli-cannot-write-hint = 请换一个有写权限、有空间的位置。
cli-no-home = 找不到存放用户数据的文件夹。
cli-no-home-hint = 请用 --store 指明数据库文件，或设置环境变量 SHOUYE_HOME。
cli-folder-failed = 无法在 { $folder } 中建立数据库：{ $reason }。
cli-folder-failed-hint = 请检查该文件夹的权限和剩余空间，或用 --store 换一个位置。
cli-no-window = 打不开窗口：{ $reason }。
cli-no-window-hint = 没有图形界面也可以查询，例如：shouye nearest --at 116.489,35.733 --kind shelter
cli-no-window-reason = 没有图形显示（DISPLAY 和 WAYLAND_DISPLAY 都没有设置）

cli-usage-unknown-argument = 不认识的选项“{ $argument }”。
cli-usage-unknown-command = 没有“{ $command }”这个命令。
cli-usage-missing = 缺少必需的参数：{ $argument }。
cli-usage-conflict = “{ $argument }”不能与“{ $other }”一起使用。
cli-usage-repeated = “{ $argument }”只能写一次。
cli-usage-no-value = “{ $argument }”后面缺少值。
cli-usage-value = “{ $argument }”不接受“{ $value }”。
cli-usage-other = 命令写法有误：{ $text }。
cli-usage-hint-suggestion = 是不是要写 { $suggestion }？
cli-usage-hint-values = 可以写：{ $values }。
cli-usage-hint-help = 用法见 { $command }。

cli-at-unreadable = 坐标“{ $text }”读不懂。
cli-at-swapped = 坐标“{ $text }”的经度和纬度写反了。
cli-at-off-globe = 坐标“{ $text }”不在地球上。
cli-at-hint = 请写成 经度,纬度（度），如 116.489,35.733。
cli-metres-unreadable = { $option } 的值“{ $text }”不是有效的米数。
cli-metres-hint = 请写正数，如 2000。
cli-area-empty = { $file } 里没有面积可言的面。
cli-area-off-globe = { $file } 里有不在地球上的坐标。
cli-area-hint = 请给出经纬度（度）的 Polygon 或 MultiPolygon。
cli-where-unreadable = 条件“{ $text }”读不懂。
cli-where-hint = 请写成 字段=值 或 '字段>=数'，如 status=open、'capacity>=500'。
cli-clip-unreadable = --clip 的写法“{ $text }”读不懂。
cli-clip-hint = 请写成 最小经度,最小纬度,最大经度,最大纬度，如 116.3,35.5,116.7,35.95；或写 boundary。
cli-column-unreadable = --column 的写法“{ $text }”读不懂。
cli-column-hint = 请写成 字段=列名，如 capacity=核定人数。
cli-layer-unknown = 没有“{ $layer }”这个图层或类别。
cli-record-unknown = 找不到记录“{ $reference }”。
cli-record-unknown-hint = 请用 nearest 或 export 查出记录的 id 或编号。
cli-record-ambiguous = 编号“{ $reference }”不止一条记录。
cli-record-ambiguous-hint = 请改用 id，如 { $one } 或 { $other }。
cli-add-no-place = { $kind }要有位置。
cli-add-no-place-hint = 请加 --at 经度,纬度；线和面用 --area 文件.geojson。
cli-add-placeless = { $kind }没有自己的位置。
cli-add-placeless-hint = 请去掉 --at 和 --area。
cli-set-unreadable = “{ $text }”不是 字段=新值 的写法。
cli-set-unreadable-hint = 例：shouye set ID status=open occupied=120

cli-progress-first-start = 第一次使用，正在装入示范县
cli-progress-new = 正在建库
cli-progress-import = 正在导入 { $file }
cli-progress-check = 正在检查

cli-list-separator = 、
cli-no-data = 无数据
cli-sample = 示例数据
cli-source = 依据：{ $source }
cli-on-edge = 跨边界，请核实
cli-point-only = 只有点位，整村计入
cli-deviates = 与预案对口安置不同

cli-col-rank = #
cli-col-name = 名称
cli-col-metres = 距离（米）
cli-col-township = 所在
cli-col-phone = 电话
cli-col-lon = 经度
cli-col-lat = 纬度
cli-col-code = 编号
cli-col-field = 字段
cli-col-label = 含义
cli-col-type = 类型
cli-col-unit = 单位
cli-col-values = 可选值
cli-col-aliases = 台账里的叫法
cli-col-layer = 图层
cli-col-kind = 类别
cli-col-features = 条数
cli-col-sample = 性质
cli-col-as-of = 日期
cli-col-source = 来源
cli-col-message = 说明
cli-col-id = id
cli-col-finding = 代码
cli-col-row = 行
cli-col-reason = 代码
cli-col-old = 原值
cli-col-new = 新值
cli-col-settlement = 村（社区）
cli-col-people = 人数
cli-col-day = 白天人数
cli-col-share = 占比
cli-col-remark = 备注
cli-col-facility = 设施
cli-col-number = 个数
cli-col-from = 从
cli-col-to = 到
cli-col-shelter = 避难场所
cli-col-capacity = 容量
cli-col-basis = 依据
cli-col-occupied = 已占用
cli-col-assigned = 本次安置
cli-col-why = 原因

cli-new-done = 已建立 { $file }，共 { $layers } 个图层。
cli-layers-none = 库里还没有数据。导入台账：shouye import 文件
cli-export-done = 已把{ $layer } { $features } 条写入 { $file }。
cli-backup-done = 已备份到 { $file }（{ $bytes } 字节）。
cli-restore-done = 已用 { $file } 恢复（{ $bytes } 字节）。
cli-check-ok = 检查通过，没有问题。
cli-check-findings = 发现 { $findings } 个问题：
cli-check-notes = 数据库正常；有 { $findings } 处值得核实：
cli-add-done = 已新增 { $name }：
cli-set-done = 已修改 { $name }：
cli-set-undone = 已撤销对 { $name } 的修改：
cli-set-unchanged = 值与原来相同，没有修改。
cli-set-nothing-to-undo = 没有可撤销的修改。

cli-import-done = { $file } → { $kind }：读到 { $read } 条，导入 { $accepted } 条，未导入 { $refused } 条，提醒 { $warnings } 处。
cli-import-dry-run = （试读，未改数据库）{ $file } → { $kind }：读到 { $read } 条，可导入 { $accepted } 条，不可导入 { $refused } 条，提醒 { $warnings } 处。
cli-import-details = 格式 { $format } · 图层 { $layer } · 坐标系 { $crs } · 编码 { $encoding }
cli-import-taken = 新增 { $added } 条 · 更新 { $updated } 条 · 未变 { $unchanged } 条
cli-import-refused = 未导入的行：
cli-import-warnings = 提醒：
cli-more = ……还有 { $n } 条，加 --json 可看全部。
cli-import-nothing = { $file } 没有一条可以导入。
cli-import-nothing-hint = 请按列出的原因改正，或用 --as、--column、--crs 指明类别、列和坐标系。
cli-import-undone = 已撤销导入：{ $kind }，来自 { $source }。
cli-import-nothing-to-undo = 没有可撤销的导入。

cli-nearest-head = 距 { $at } 最近的{ $kind }（{ $n } 个）
cli-nearest-none = 距 { $at }：没有符合条件的{ $kind }。

cli-people = { $n } 人
cli-exposure-head = 区域内常住 { $people }（白天 { $day }），涉及 { $settlements } 个村（社区）。
cli-exposure-without-data = 其中 { $n } 个村（社区）没有人口数据，未计入。

cli-evacuate-head = 需转移安置 { $people } 人：已安排 { $assigned } 人，未安排 { $unassigned } 人。
cli-evacuate-cost = 总路程 { $cost } 人·米，人均 { $mean } 米（直线）。
cli-evacuate-optimal = 方案已证明为最优。
cli-evacuate-gap = 方案不一定最优，路程至多比最优多 { $gap }。
cli-evacuate-people-gap = 更好的方案至多还能多安排 { $people } 人。
cli-evacuate-no-settlements = 数据库里没有村（社区），不知道险区内有多少人。请先导入带人口的村（社区）台账。
cli-out-is-area = --out 与 --area 是同一个文件
cli-out-is-area-hint = 请给 --out 换一个文件名
cli-import-samples-left-out = 已有真实数据：{ $kind }的示例数据 { $count } 条不再参与计算。
cli-evacuate-nobody = 区域内没有需要转移的人。
cli-evacuate-assignments = 安置去向
cli-evacuate-shelters = 避难场所
cli-evacuate-unassigned = 未安排的人
cli-evacuate-unresolved = 预案对口安置表中无法执行的行
cli-evacuate-limits = 制约因素
cli-evacuate-to-confirm = 跨边界、需核实人数的村（社区）{ $n } 个：{ $names }
cli-evacuate-point-only = 只有点位、整村计入的村（社区）{ $n } 个：{ $names }
cli-basis-declared = 核定
cli-basis-area = 按面积

cli-command-route = 查路线：最快的路和真正不同的备选
cli-command-reach = 查若干分钟内能到多远
cli-command-matrix = 算多点之间的车程
cli-command-coverage = 查救援力量在几分钟内能到多少人身边
cli-command-cutoff = 查孤岛：哪些村没有路了，哪座桥再断会多出孤岛，先抢通哪里
cli-arg-nearest-night = 夜间
cli-arg-nearest-rain = 暴雨
cli-arg-nearest-snow = 冰雪
cli-arg-evacuate-night = 夜间
cli-arg-evacuate-rain = 暴雨
cli-arg-evacuate-snow = 冰雪
cli-arg-route-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-route-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-route-night = 夜间
cli-arg-route-rain = 暴雨
cli-arg-route-snow = 冰雪
cli-arg-reach-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-reach-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-reach-night = 夜间
cli-arg-reach-rain = 暴雨
cli-arg-reach-snow = 冰雪
cli-arg-matrix-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-matrix-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-matrix-night = 夜间
cli-arg-matrix-rain = 暴雨
cli-arg-matrix-snow = 冰雪
cli-arg-coverage-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-coverage-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-coverage-night = 夜间
cli-arg-coverage-rain = 暴雨
cli-arg-coverage-snow = 冰雪
cli-arg-cutoff-vehicle = 车辆：car fire-engine ladder-truck ambulance truck bus walking；不写按派出单位，否则小汽车
cli-arg-cutoff-closed = 封闭的道路（GeoJSON 点、线、面；属性 factor、depth_m、from、to）
cli-arg-cutoff-night = 夜间
cli-arg-cutoff-rain = 暴雨
cli-arg-cutoff-snow = 冰雪
cli-arg-route-from = 起点：经度,纬度
cli-arg-route-to = 终点：经度,纬度
cli-arg-reach-from = 起点：经度,纬度
cli-arg-reach-minutes = 分钟数，如 5,10,15（默认）
cli-arg-matrix-from = 起点表：CSV，列 lon、lat，可有 id
cli-arg-matrix-to = 终点表：同上
cli-arg-coverage-kind = 派出力量的类别（默认 station）
cli-arg-coverage-minutes = 分钟数，如 5,15,30（默认）
cli-arg-coverage-conditions = 只算符合条件的，如 tier=1；可写多次，须同时满足
cli-arg-coverage-one-more = 再建一个站：逐村试算能多覆盖多少人
cli-arg-cutoff-bridges = 逐桥试算：再断一座会多出哪些孤岛
cli-arg-cutoff-roads = 逐段试算：再断一段路会多出哪些孤岛
cli-travel-by-time = { $option } 只在按车程时有用
cli-travel-by-time-hint = 请加上 --by time
cli-col-travel = 车程（分:秒）
cli-col-turn = 动作
cli-col-road = 道路
cli-col-minutes = 分钟
cli-col-road-km = 道路（公里）
cli-col-area-km2 = 面积（平方公里）
cli-col-gained = 增加人数
cli-col-saved-person-minutes = 节省（人·分）
cli-col-teams = 里面的力量
cli-col-barrier = 阻断处
cli-col-bridge = 桥梁
cli-evacuate-time = 总时间 { $cost } 人·秒，人均 { $mean } 秒（车程估算）。
cli-route-none = 两地之间没有道路相通。
cli-route-avoided = 已避开：{ $names }
cli-route-head = 路线 { $rank }：{ $km } 公里，估算 { $p50 } 到 { $p90 }（分:秒，P50–P90）
cli-coverage-head = { $kind }覆盖的常住人口（全县 { $people } 人，含出动时间，估算）
cli-coverage-uncovered = { $minutes } 分钟内到不了的村（社区）{ $n } 个
cli-coverage-one-more = 再建一个站，能多覆盖的人最多的村
cli-nearest-unreached = 到不了的：
cli-cutoff-none = 没有孤岛：每个村（社区）都有路可通。
cli-cutoff-head = 孤岛 { $n } 个村（社区），{ $people } 人。
cli-cutoff-reopening = 抢通顺序
cli-cutoff-bridges = 再断一座桥，会成为孤岛的
cli-cutoff-bridges-none = 再断任何一座桥，都不会多出孤岛。
cli-cutoff-roads = 再断一段路，会成为孤岛的（路名与路段中点）
cli-cutoff-roads-none = 再断任何一段路，都不会多出孤岛。
