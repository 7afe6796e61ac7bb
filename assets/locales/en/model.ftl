# The words of the model: kinds, fields, values, units

## Kinds

kind-boundary = Boundary
kind-township = Township
kind-settlement = Village or community
kind-river = River
kind-waterbody = Water body
kind-levee = Levee
kind-gauge = River gauge
kind-pump = Pump station
kind-fault = Fault
kind-road = Road
kind-bridge = Bridge
kind-closure = Closure
kind-turn-restriction = Turn restriction
kind-road-gate = Road gate
kind-railway = Railway
kind-landuse = Land use
kind-building = Building
kind-shelter = Shelter
kind-warehouse = Relief warehouse
kind-stock = Stock line
kind-station = Rescue station
kind-equipment = Equipment
kind-hospital = Hospital or clinic
kind-police = Police station
kind-school = School
kind-care-home = Care home
kind-hydrant = Hydrant
kind-mine = Mine
kind-hazard-source = Hazard source
kind-contact = Contact
kind-arrangement = Preplanned shelter

## Fields

field-code = Code
field-name = Name
field-township = Township
field-address = Address
field-person_in_charge = Person in charge
field-phone = Phone
field-note = Note
field-source = Source
field-as_of = Date of data
field-residents = Residents
field-residents_day = People by day
field-households = Households
field-vulnerable_share = Share of vulnerable people
field-notified_share = Share of people notified in person
field-moved_people = People already moved
field-settlement_type = Type
field-river_class = River class
field-order = Order
field-length_m = Length
field-design_flow_m3s = Design flow
field-water_type = Type
field-storage_m3 = Storage
field-crest_m = Crest level
field-design_return_period = Design return period
field-river = River
field-warning_level_m = Warning level
field-guarantee_level_m = Guarantee level
field-level_m = Water level
field-flow_m3s = Flow
field-pump_m3h = Pumping capacity
field-status = Status
field-activity = Activity
field-strike_deg = Strike
field-road_class = Road class
field-oneway = One way
field-lanes = Lanes
field-max_speed_kmh = Speed limit
field-max_height_m = Height limit
field-max_weight_t = Weight limit
field-bridge = On a bridge
field-link = Slip road
field-tunnel = Tunnel
field-ford = Ford
field-access = Access
field-surface = Surface
field-noded = Joined at nodes
field-factor = Speed factor
field-depth_m = Water depth
field-valid_from = From
field-valid_to = Until
field-reason = Reason
field-from_road = From road
field-to_road = To road
field-restriction = Restriction
field-exempt = Exempt vehicles
field-gate_type = Type
field-railway_type = Railway type
field-land_use = Land use
field-building_use = Use
field-levels = Storeys
field-road = Road
field-shelter_type = Shelter type
field-grade = Grade
field-capacity = Capacity
field-effective_area_in_m2 = Effective area indoors
field-effective_area_out_m2 = Effective area outdoors
field-gross_area_m2 = Gross area
field-occupied = People there now
field-reserved = Reserved places
field-hazards = Suited to
field-indoor = Indoors
field-outdoor = Outdoors
field-accessible = Barrier-free
field-beds = Beds
field-toilets = Toilets
field-exits = Exits
field-water_l = Emergency water
field-power_kw = Emergency power
field-capacity_emergency = Capacity, emergency stay
field-capacity_temporary = Capacity, temporary stay
field-capacity_short = Capacity, short stay
field-capacity_medium = Capacity, medium stay
field-capacity_long = Capacity, long stay
field-function = Function
field-exit_directions = Directions of exits
field-elevation_m = Ground elevation
field-fortification_intensity = Seismic fortification intensity
field-built_year = Year built
field-structure = Structure
field-kitchen = Kitchen
field-medical_point = Medical point
field-helipad = Helipad
field-responsible_unit = Responsible unit
field-managing_unit = Managing unit
field-opening_condition = Condition for opening
field-inspected = Last inspected
field-occupied_vulnerable = Vulnerable people present
field-water_sources = Independent water sources
field-power_sources = Independent power sources
field-rest_units = Rest units
field-floor_area_m2 = Floor area
field-level = Level
field-warehouse = Warehouse
field-item_code = Item code (GB/T 38565)
field-quantity = Quantity
field-unit = Unit
field-expiry = Expiry
field-reserved_quantity = Reserved quantity
field-activation_h = Hours to activate
field-reserve_kind = Reserve kind
field-tier = Tier
field-headcount = Headcount
field-specialties = Specialties
field-station = Station
field-model = Model
field-reach_m = Reach
field-beds_free = Free beds
field-ambulances = Ambulances
field-students = Students
field-staff = Staff
field-boarders = Boarders
field-bedridden = Bedridden
field-hydrant_type = Type
field-mineral = Mineral
field-workers = Workers
field-output_t_year = Yearly output
field-substance = Substance
field-tonnes = Largest quantity
field-major_hazard_class = Major hazard class
field-settlement = Village
field-role = Role
field-position = Position
field-shelter = Shelter
field-priority = Priority

## Fields with another name in one kind

field-care-home-residents = Residents
field-road-level = Level above ground
field-bridge-river = River crossed
field-bridge-length_m = Length
field-hospital-level = Class of hospital
field-shelter-beds = Sleeping places
field-arrangement-settlement = Village to move
field-settlement-code = Official code
field-township-code = Official code
field-equipment-quantity = Number

## Values

value-settlement-settlement_type-village = Village
value-settlement-settlement_type-community = Community

value-river-river_class-major = Main river
value-river-river_class-minor = Minor river
value-river-river_class-canal = Canal

value-waterbody-water_type-lake = Lake
value-waterbody-water_type-reservoir = Reservoir
value-waterbody-water_type-pond = Pond
value-waterbody-water_type-old_lake_basin = Old lake basin

value-pump-status-available = Available
value-pump-status-unavailable = Unavailable

value-fault-activity-inferred = Inferred
value-fault-activity-holocene = Holocene
value-fault-activity-late_pleistocene = Late Pleistocene
value-fault-activity-early_quaternary = Early Quaternary

value-road-road_class-motorway = Motorway
value-road-road_class-trunk = National road
value-road-road_class-primary = Provincial road
value-road-road_class-secondary = County road
value-road-road_class-tertiary = Township road
value-road-road_class-village = Village road
value-road-road_class-track = Farm track
value-road-road_class-service = Service road
value-road-road_class-path = Footpath
value-road-access-yes = Public
value-road-access-destination = Destination only
value-road-access-private = Private
value-road-access-walking = On foot only
value-road-access-no = No access
value-road-surface-paved = Paved
value-road-surface-gravel = Gravel
value-road-surface-unpaved = Unpaved
value-road-status-open = Open
value-road-status-closed = Closed
value-closure-status-active = In force
value-closure-status-lifted = Lifted
value-turn-restriction-restriction-no = Not allowed
value-turn-restriction-restriction-only = Only this
value-road-gate-gate_type-bollard = Bollard
value-road-gate-gate_type-gate = Gate
value-road-gate-gate_type-block = Block
value-road-gate-gate_type-height = Height limit
value-road-gate-access-yes = Open
value-road-gate-access-emergency = Emergency vehicles only
value-road-gate-access-private = Private
value-road-gate-access-no = No access
value-road-gate-status-open = Open
value-road-gate-status-closed = Closed
value-railway-railway_type-rail = Railway
value-railway-railway_type-tram = Tram
value-railway-railway_type-subway = Underground
value-landuse-land_use-residential = Residential
value-landuse-land_use-industrial = Industrial
value-landuse-land_use-commercial = Commercial
value-landuse-land_use-farmland = Farmland
value-landuse-land_use-forest = Forest
value-landuse-land_use-grass = Green

value-bridge-status-open = Open
value-bridge-status-closed = Closed

value-shelter-shelter_type-emergency = Emergency
value-shelter-shelter_type-fixed_short = Fixed, short stay
value-shelter-shelter_type-fixed_medium = Fixed, medium stay
value-shelter-shelter_type-fixed_long = Fixed, long stay
value-shelter-shelter_type-central = Central
value-shelter-function-comprehensive = Comprehensive
value-shelter-function-single = Single purpose
value-shelter-function-specific = Special purpose

value-shelter-grade-province = Province
value-shelter-grade-city = City
value-shelter-grade-county = County
value-shelter-grade-township = Township
value-shelter-grade-village = Village

value-shelter-status-standby = Standby
value-shelter-status-prepared = Prepared
value-shelter-status-open = Open
value-shelter-status-full = Full
value-shelter-status-closed = Closed

value-shelter-hazards-flood = Flood
value-shelter-hazards-earthquake = Earthquake
value-shelter-hazards-chemical = Chemical release
value-shelter-hazards-fire = Fire
value-shelter-hazards-landslide = Landslide
value-shelter-hazards-tsunami = Tsunami
value-shelter-hazards-storm = Storm
value-shelter-hazards-other = Other

value-warehouse-level-county = County
value-warehouse-level-township = Township
value-warehouse-level-village = Village

value-warehouse-status-available = Available
value-warehouse-status-unavailable = Unavailable

value-stock-reserve_kind-government = Government stock
value-stock-reserve_kind-enterprise = Enterprise stock
value-stock-reserve_kind-production = Production capacity
value-stock-reserve_kind-team = Rescue team
value-stock-reserve_kind-social = Society

value-station-tier-1 = 1 (fire and rescue station)
value-station-tier-M = M (township station)
value-station-tier-N = N (village station)

value-station-status-available = Available
value-station-status-dispatched = Dispatched
value-station-status-unavailable = Unavailable

value-equipment-status-available = Available
value-equipment-status-unavailable = Unavailable

value-hydrant-hydrant_type-hydrant = Hydrant
value-hydrant-hydrant_type-tank = Tank
value-hydrant-hydrant_type-natural = Natural source

value-hydrant-status-available = Available
value-hydrant-status-unavailable = Unavailable

value-mine-status-active = Active
value-mine-status-suspended = Suspended
value-mine-status-closed = Closed

value-hazard-source-major_hazard_class-1 = Class 1
value-hazard-source-major_hazard_class-2 = Class 2
value-hazard-source-major_hazard_class-3 = Class 3
value-hazard-source-major_hazard_class-4 = Class 4
value-hazard-source-major_hazard_class-none = None

value-contact-role-informant = Disaster informant
value-contact-role-responsible = Person responsible
value-contact-role-other = Other

## Units

unit-persons = people
unit-beds = beds
unit-households = households
unit-share = %
unit-m = m
unit-m2 = m²
unit-m3 = m³
unit-m3-s = m³/s
unit-m3-h = m³/h
unit-km-h = km/h
unit-t = t
unit-t-a = t/year
unit-h = h
unit-kW = kW
unit-L = L
unit-deg = °
unit-years = years

## Others

yes = yes
no = no
no-data = no data
hazard-flood = Flood
hazard-earthquake = Earthquake
hazard-chemical = Chemical release
hazard-fire = Fire
hazard-any = Any hazard
stay-emergency = Emergency (up to 1 day)
stay-temporary = Temporary (up to 3 days)
stay-short = Short (up to 15 days)
stay-medium = Medium (up to 30 days)
stay-long = Long (up to 100 days)
sample = Sample data
list-separator = {", "}
label-with-unit = { $label } ({ $unit })
