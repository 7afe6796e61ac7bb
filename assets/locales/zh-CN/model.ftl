# 模型里的词：类别、字段、可选值、单位

## 类别

kind-boundary = 行政边界
kind-township = 乡镇（街道）
kind-settlement = 村（社区）
kind-river = 河流
kind-waterbody = 水域
kind-levee = 堤防
kind-gauge = 水位站
kind-pump = 泵站
kind-fault = 断裂
kind-road = 道路
kind-bridge = 桥梁
kind-closure = 道路封闭
kind-turn-restriction = 转向限制
kind-road-gate = 道口设施
kind-railway = 铁路
kind-landuse = 用地
kind-building = 建筑
kind-shelter = 应急避难场所
kind-warehouse = 物资储备库
kind-stock = 物资明细
kind-station = 救援站
kind-equipment = 装备
kind-hospital = 医疗机构
kind-police = 派出所
kind-school = 学校
kind-care-home = 养老机构
kind-hydrant = 消防水源
kind-mine = 矿山
kind-hazard-source = 危险源
kind-contact = 联系人
kind-arrangement = 预案对口安置

## 字段

field-code = 编号
field-name = 名称
field-township = 乡镇（街道）
field-address = 地址
field-person_in_charge = 负责人
field-phone = 电话
field-note = 备注
field-source = 来源
field-as_of = 数据日期
field-residents = 常住人口
field-residents_day = 白天人口
field-households = 户数
field-vulnerable_share = 脆弱人群比例
field-notified_share = 入户叫应率
field-moved_people = 已转移人数
field-settlement_type = 类型
field-river_class = 河流类型
field-order = 河流序位
field-length_m = 长度
field-design_flow_m3s = 设计流量
field-water_type = 水域类型
field-storage_m3 = 库容
field-crest_m = 堤顶高程
field-design_return_period = 防洪标准（重现期）
field-river = 所在河流
field-warning_level_m = 警戒水位
field-guarantee_level_m = 保证水位
field-level_m = 当前水位
field-flow_m3s = 流量
field-pump_m3h = 排水能力
field-status = 状态
field-activity = 活动性
field-strike_deg = 走向
field-road_class = 道路等级
field-oneway = 单行
field-lanes = 车道数
field-max_speed_kmh = 限速
field-max_height_m = 限高
field-max_weight_t = 限重
field-bridge = 是否桥梁
field-link = 匝道
field-tunnel = 隧道
field-ford = 漫水路面
field-access = 通行权
field-surface = 路面
field-noded = 节点已连通
field-factor = 通行系数
field-depth_m = 积水深
field-valid_from = 开始时间
field-valid_to = 结束时间
field-reason = 原因
field-from_road = 驶入道路
field-to_road = 驶出道路
field-restriction = 限制类型
field-exempt = 不受限车辆
field-gate_type = 类型
field-railway_type = 铁路类型
field-land_use = 用地类型
field-building_use = 建筑用途
field-levels = 层数
field-road = 所在道路
field-shelter_type = 避难场所类型
field-grade = 级别
field-capacity = 容量（安置人数）
field-effective_area_in_m2 = 室内有效避难面积
field-effective_area_out_m2 = 室外有效避难面积
field-gross_area_m2 = 占地面积
field-occupied = 已安置人数
field-reserved = 预留人数
field-hazards = 适用灾种
field-indoor = 室内
field-outdoor = 室外
field-accessible = 无障碍
field-beds = 床位
field-toilets = 厕位
field-exits = 出入口
field-water_l = 应急储水量
field-power_kw = 应急供电
field-capacity_emergency = 容量（紧急避难）
field-capacity_temporary = 容量（临时避难）
field-capacity_short = 容量（短期避难）
field-capacity_medium = 容量（中期避难）
field-capacity_long = 容量（长期避难）
field-function = 功能
field-exit_directions = 出入口方向数
field-elevation_m = 地面高程
field-fortification_intensity = 抗震设防烈度
field-built_year = 建成年份
field-structure = 结构类型
field-kitchen = 厨房
field-medical_point = 医疗点
field-helipad = 停机坪
field-responsible_unit = 责任单位
field-managing_unit = 管护单位
field-opening_condition = 启用条件
field-inspected = 最近检查日期
field-occupied_vulnerable = 已安置特殊人群
field-water_sources = 独立水源数
field-power_sources = 独立电源数
field-rest_units = 避难宿住单元数
field-floor_area_m2 = 仓储面积
field-level = 级别
field-warehouse = 所在储备库
field-item_code = 物资编码（GB/T 38565）
field-quantity = 数量
field-unit = 计量单位
field-expiry = 有效期至
field-reserved_quantity = 预留数量
field-activation_h = 启用时间
field-reserve_kind = 储备方式
field-tier = 站点层级
field-headcount = 队员人数
field-specialties = 救援专业
field-station = 所属站点
field-model = 型号
field-reach_m = 举升高度
field-beds_free = 空余床位
field-ambulances = 救护车
field-students = 在校学生
field-staff = 教职工
field-boarders = 住校生
field-bedridden = 失能人数
field-hydrant_type = 水源类型
field-mineral = 矿种
field-workers = 从业人数
field-output_t_year = 年产能
field-substance = 危险物质
field-tonnes = 最大储量
field-major_hazard_class = 重大危险源级别
field-settlement = 村（社区）
field-role = 职责
field-position = 职务
field-shelter = 安置点
field-priority = 优先级

## 个别类别里叫法不同的字段

field-care-home-residents = 入住人数
field-road-level = 高架层
field-bridge-river = 跨越河流
field-bridge-length_m = 桥长
field-hospital-level = 医院等级
field-shelter-beds = 铺位
field-arrangement-settlement = 转移村
field-settlement-code = 区划代码
field-township-code = 区划代码
field-equipment-quantity = 台（件）数

## 可选值

value-settlement-settlement_type-village = 村
value-settlement-settlement_type-community = 社区

value-river-river_class-major = 骨干河道
value-river-river_class-minor = 支流
value-river-river_class-canal = 运河、渠道

value-waterbody-water_type-lake = 湖泊
value-waterbody-water_type-reservoir = 水库
value-waterbody-water_type-pond = 坑塘
value-waterbody-water_type-old_lake_basin = 湖洼（老湖区）

value-pump-status-available = 可用
value-pump-status-unavailable = 不可用

value-fault-activity-inferred = 推测
value-fault-activity-holocene = 全新世活动
value-fault-activity-late_pleistocene = 晚更新世活动
value-fault-activity-early_quaternary = 早第四纪

value-road-road_class-motorway = 高速公路
value-road-road_class-trunk = 国道
value-road-road_class-primary = 省道
value-road-road_class-secondary = 县道
value-road-road_class-tertiary = 乡道
value-road-road_class-village = 村道
value-road-road_class-track = 机耕路
value-road-road_class-service = 内部道路
value-road-road_class-path = 步行道
value-road-access-yes = 公共
value-road-access-destination = 仅到达
value-road-access-private = 内部
value-road-access-walking = 仅步行
value-road-access-no = 禁止通行
value-road-surface-paved = 硬化
value-road-surface-gravel = 砂石
value-road-surface-unpaved = 未硬化
value-road-status-open = 畅通
value-road-status-closed = 封闭
value-closure-status-active = 生效
value-closure-status-lifted = 解除
value-turn-restriction-restriction-no = 禁止
value-turn-restriction-restriction-only = 只准
value-road-gate-gate_type-bollard = 隔离桩
value-road-gate-gate_type-gate = 大门栏杆
value-road-gate-gate_type-block = 阻断物
value-road-gate-gate_type-height = 限高架
value-road-gate-access-yes = 开放
value-road-gate-access-emergency = 仅应急车辆
value-road-gate-access-private = 内部
value-road-gate-access-no = 禁止
value-road-gate-status-open = 开放
value-road-gate-status-closed = 关闭
value-railway-railway_type-rail = 铁路
value-railway-railway_type-tram = 有轨电车
value-railway-railway_type-subway = 地铁
value-landuse-land_use-residential = 居住
value-landuse-land_use-industrial = 工业
value-landuse-land_use-commercial = 商业
value-landuse-land_use-farmland = 耕地
value-landuse-land_use-forest = 林地
value-landuse-land_use-grass = 绿地

value-bridge-status-open = 畅通
value-bridge-status-closed = 中断

value-shelter-shelter_type-emergency = 紧急避难场所
value-shelter-shelter_type-fixed_short = 短期固定
value-shelter-shelter_type-fixed_medium = 中期固定
value-shelter-shelter_type-fixed_long = 长期固定
value-shelter-shelter_type-central = 中心避难场所
value-shelter-function-comprehensive = 综合性
value-shelter-function-single = 单一性
value-shelter-function-specific = 特定性

value-shelter-grade-province = 省级
value-shelter-grade-city = 市级
value-shelter-grade-county = 县级
value-shelter-grade-township = 乡镇（街道）级
value-shelter-grade-village = 村（社区）级

value-shelter-status-standby = 平时
value-shelter-status-prepared = 预启用
value-shelter-status-open = 启用
value-shelter-status-full = 满员
value-shelter-status-closed = 停用

value-shelter-hazards-flood = 洪涝
value-shelter-hazards-earthquake = 地震
value-shelter-hazards-chemical = 危化品泄漏
value-shelter-hazards-fire = 火灾
value-shelter-hazards-landslide = 地质灾害
value-shelter-hazards-tsunami = 海啸
value-shelter-hazards-storm = 台风大风
value-shelter-hazards-other = 其他

value-warehouse-level-county = 县级
value-warehouse-level-township = 乡镇级
value-warehouse-level-village = 村级

value-warehouse-status-available = 可用
value-warehouse-status-unavailable = 停用

value-stock-reserve_kind-government = 政府实物
value-stock-reserve_kind-enterprise = 企业（商业）
value-stock-reserve_kind-production = 产能
value-stock-reserve_kind-team = 专业队伍能力
value-stock-reserve_kind-social = 社会化

value-station-tier-1 = 1 级（消防救援站）
value-station-tier-M = M 级（乡镇站）
value-station-tier-N = N 级（村站）

value-station-status-available = 待命
value-station-status-dispatched = 已出动
value-station-status-unavailable = 停用

value-equipment-status-available = 完好
value-equipment-status-unavailable = 不可用

value-hydrant-hydrant_type-hydrant = 消火栓
value-hydrant-hydrant_type-tank = 消防水池
value-hydrant-hydrant_type-natural = 天然水源

value-hydrant-status-available = 完好
value-hydrant-status-unavailable = 不可用

value-mine-status-active = 生产
value-mine-status-suspended = 停产
value-mine-status-closed = 关闭

value-hazard-source-major_hazard_class-1 = 一级
value-hazard-source-major_hazard_class-2 = 二级
value-hazard-source-major_hazard_class-3 = 三级
value-hazard-source-major_hazard_class-4 = 四级
value-hazard-source-major_hazard_class-none = 不构成

value-contact-role-informant = 灾害信息员
value-contact-role-responsible = 包保责任人
value-contact-role-other = 其他

## 单位

unit-persons = 人
unit-beds = 张
unit-households = 户
unit-share = %
unit-m = 米
unit-m2 = 平方米
unit-m3 = 立方米
unit-m3-s = 立方米/秒
unit-m3-h = 立方米/小时
unit-km-h = 公里/小时
unit-t = 吨
unit-t-a = 吨/年
unit-h = 小时
unit-kW = 千瓦
unit-L = 升
unit-deg = 度
unit-years = 年一遇

## 其他

yes = 是
no = 否
no-data = 无数据
hazard-flood = 洪涝
hazard-earthquake = 地震
hazard-chemical = 危化品泄漏
hazard-fire = 火灾
hazard-any = 不限灾种
stay-emergency = 紧急（1 天内）
stay-temporary = 临时（3 天内）
stay-short = 短期（15 天内）
stay-medium = 中期（30 天内）
stay-long = 长期（100 天内）
sample = 示例数据
list-separator = 、
label-with-unit = { $label }（{ $unit }）
