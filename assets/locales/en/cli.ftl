# The command line

cli-about =
    Shouye: an offline GIS for the people who command a county's emergencies.
    Without a command it opens the desktop; with one it answers the same questions right here.
cli-after-help =
    Examples:
      shouye nearest --at 116.489,35.733 --kind shelter -k 3
      shouye evacuate --area danger.geojson --hazard flood
      shouye import shelters.csv --as shelter
      shouye COMMAND --help    how a command is used
cli-heading-usage = Usage:{ " " }
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-general = General options
cli-value-command = COMMAND
cli-later = (comes in a later version)

cli-command-new = Make a store from the demo county, or an empty one
cli-command-fields = List canonical fields: names, types, units, values, ledger headings
cli-command-import = Import ledgers and layers: GeoJSON, CSV, XLSX, Shapefile, GeoPackage, OpenStreetMap
cli-command-export = Export a layer: .geojson .csv .xlsx .gpkg
cli-command-layers = List layers: number of features, source, date, sample data or not
cli-command-add = Add a record, such as a closure; can be undone with set --undo
cli-command-set = Change a record; can be undone
cli-command-check = Check the store: integrity, keys, rules
cli-command-backup = Back the store up
cli-command-restore = Restore the store from a backup
cli-command-nearest = Find the nearest resources
cli-command-exposure = Count the people and facilities in an area
cli-command-evacuate = Plan an evacuation: within capacity, most people first, then the shortest ways

cli-arg-store = Store file; without it your own store, made from the demo county at first use
cli-arg-lang = Language: zh (default) or en
cli-arg-json = Print one JSON object only, also for errors
cli-arg-import-worker = The background process that reads files
cli-arg-help = Show how it is used
cli-arg-version = Show the version

cli-arg-new-file = File of the new store, for example county.gpkg
cli-arg-new-empty = Leave the demo county out
cli-arg-fields-kind = Only this kind, for example shelter; all of them without it
cli-arg-import-files = Files to import, one transaction each, in order
cli-arg-import-kind = What the rows are, for example shelter; recognised without it
cli-arg-import-layer = Layer or sheet of the file
cli-arg-import-crs = Reference system: a number like EPSG:4548, GCJ02 or BD09
cli-arg-import-encoding = Text encoding, for example UTF-8, GBK, Big5
cli-arg-import-column = Which column is which field, for example capacity=Places; may be repeated
cli-arg-import-clip = Only what lies in min lon,min lat,max lon,max lat, or in the county: boundary
cli-arg-import-replace = Replace the layer: afterwards it holds just this file
cli-arg-import-dry-run = Read and report only; the store stays as it is
cli-arg-import-undo = Take the last import back
cli-arg-export-layer = Name of the layer (see shouye layers), or a kind
cli-arg-export-file = File to write; its ending decides the format
cli-arg-add-kind = What it is, such as closure (see shouye fields)
cli-arg-add-values = FIELD=VALUE, for example name=Bridge depth_m=0.3 valid_to=2026-11-24T20:00+08:00
cli-arg-add-at = Where: a point in degrees
cli-arg-add-area = Where: a GeoJSON file with points, lines or polygons
cli-arg-add-why = Reason, kept in the change table
cli-arg-set-id = Id of the record, or a code that only one record has
cli-arg-set-values = FIELD=VALUE, for example status=open occupied=120; nothing after the sign means no data
cli-arg-set-why = Reason, kept in the change table
cli-arg-set-undo = Take the last change back
cli-arg-backup-file = File to back up to
cli-arg-restore-file = Backup to restore from
cli-arg-nearest-at = Where from: LON,LAT in degrees, for example 116.489,35.733
cli-arg-nearest-points = Many places: a CSV file with columns lon, lat and optionally id
cli-arg-nearest-kind = What to look for, for example shelter, station, hospital; all kinds: shouye fields
cli-arg-nearest-k = How many at most (default 5)
cli-arg-nearest-within = How far at most, in metres
cli-arg-nearest-conditions = A condition, for example status=open or 'capacity>=500'; may be repeated, all must hold
cli-arg-nearest-by = Rank by: distance (default) or time
cli-arg-nearest-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-nearest-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-nearest-out = Write the results as GeoJSON points
cli-arg-exposure-area = File with the area (polygons), GeoJSON
cli-arg-exposure-at = Centre of a circle: LON,LAT
cli-arg-exposure-within = Its radius in metres
cli-arg-evacuate-area = File with the danger area (polygons), GeoJSON
cli-arg-evacuate-hazard = Hazard: flood, earthquake, chemical or fire; only shelters fit for it are used
cli-arg-evacuate-stay = Length of stay: emergency, temporary, short (default), medium or long
cli-arg-evacuate-keep-together = Keep every village together
cli-arg-evacuate-by = Reckon by: distance (default) or time
cli-arg-evacuate-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-evacuate-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-evacuate-max = How far at most, in metres; in seconds by time
cli-arg-evacuate-out = Write the plan as GeoJSON, a line from each village to its shelter

full-stop = .
cli-error = Error: { $message }
cli-error-hint = Error: { $message } { $hint }
cli-internal = The program failed inside: { $reason }.
cli-stdout-failed = The answer cannot be written: { $reason }.
cli-not-available = { $what } is not in this version yet.
cli-not-available-hint = See shouye --help for what there is.
cli-cancelled = Cancelled.
cli-cannot-write = Cannot write the file { $file }: { $reason }.
cli-cannot-write-hint = Choose a place with space where you may write.
cli-no-home = There is no folder for your data.
cli-no-home-hint = Name a store with --store, or set the environment variable SHOUYE_HOME.
cli-folder-failed = Cannot make a store in { $folder }: { $reason }.
cli-folder-failed-hint = Check the folder's permissions and free space, or choose another place with --store.
cli-no-window = Cannot open a window: { $reason }.
cli-no-window-hint = Questions work without one, for example: shouye nearest --at 116.489,35.733 --kind shelter
cli-no-window-reason = there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)

cli-usage-unknown-argument = Unknown option “{ $argument }”.
cli-usage-unknown-command = There is no command “{ $command }”.
cli-usage-missing = Missing: { $argument }.
cli-usage-conflict = “{ $argument }” cannot be used with “{ $other }”.
cli-usage-repeated = “{ $argument }” may be given only once.
cli-usage-no-value = “{ $argument }” needs a value.
cli-usage-value = “{ $argument }” does not take “{ $value }”.
cli-usage-other = The command is not well formed: { $text }.
cli-usage-hint-suggestion = Did you mean { $suggestion }?
cli-usage-hint-values = Possible values: { $values }.
cli-usage-hint-help = See { $command }.

cli-at-unreadable = “{ $text }” is no place.
cli-at-swapped = “{ $text }” has latitude before longitude.
cli-at-off-globe = “{ $text }” is not on the globe.
cli-at-hint = Write LON,LAT in degrees, for example 116.489,35.733.
cli-metres-unreadable = “{ $text }” is no length in metres for { $option }.
cli-metres-hint = Write a positive number, for example 2000.
cli-area-empty = { $file } has no polygon with a surface.
cli-area-off-globe = { $file } has coordinates that are not on the globe.
cli-area-hint = Give a Polygon or MultiPolygon in degrees of longitude and latitude.
cli-where-unreadable = “{ $text }” is no condition.
cli-where-hint = Write FIELD=VALUE or 'FIELD>=N', for example status=open or 'capacity>=500'.
cli-clip-unreadable = --clip does not take “{ $text }”.
cli-clip-hint = Write min lon,min lat,max lon,max lat in degrees, for example 116.3,35.5,116.7,35.95, or boundary.
cli-column-unreadable = --column does not take “{ $text }”.
cli-column-hint = Write FIELD=COLUMN, for example capacity=Places.
cli-layer-unknown = There is no layer or kind “{ $layer }”.
cli-record-unknown = There is no record “{ $reference }”.
cli-record-unknown-hint = Find its id or code with nearest or export.
cli-record-ambiguous = More than one record has the code “{ $reference }”.
cli-record-ambiguous-hint = Use an id instead, such as { $one } or { $other }.
cli-add-no-place = A { $kind } needs a place.
cli-add-no-place-hint = Give --at LON,LAT, or --area FILE.geojson for lines and areas.
cli-add-placeless = A { $kind } has no place of its own.
cli-add-placeless-hint = Leave --at and --area out.
cli-set-unreadable = “{ $text }” is not FIELD=VALUE.
cli-set-unreadable-hint = For example: shouye set ID status=open occupied=120

cli-progress-first-start = First use: loading the demo county
cli-progress-new = Making the store
cli-progress-import = Importing { $file }
cli-progress-check = Checking

cli-list-separator = ,{ " " }
cli-no-data = no data
cli-sample = sample data
cli-source = Based on: { $source }
cli-on-edge = on the edge, to be confirmed
cli-point-only = position only, counted whole
cli-deviates = not its preplanned shelter

cli-col-rank = #
cli-col-name = Name
cli-col-metres = Distance m
cli-col-township = Where
cli-col-phone = Phone
cli-col-lon = Lon
cli-col-lat = Lat
cli-col-code = Code
cli-col-field = Field
cli-col-label = Meaning
cli-col-type = Type
cli-col-unit = Unit
cli-col-values = Values
cli-col-aliases = Ledger headings
cli-col-layer = Layer
cli-col-kind = Kind
cli-col-features = Features
cli-col-sample = Status
cli-col-as-of = As of
cli-col-source = Source
cli-col-message = Message
cli-col-id = id
cli-col-finding = Code
cli-col-row = Row
cli-col-reason = Code
cli-col-old = Old
cli-col-new = New
cli-col-settlement = Settlement
cli-col-people = People
cli-col-day = By day
cli-col-share = Share
cli-col-remark = Remark
cli-col-facility = Facility
cli-col-number = Number
cli-col-from = From
cli-col-to = To
cli-col-shelter = Shelter
cli-col-capacity = Capacity
cli-col-basis = Basis
cli-col-occupied = Occupied
cli-col-assigned = Assigned
cli-col-why = Why

cli-new-done = Made { $file } with { $layers } layers.
cli-layers-none = The store has no data yet. To import a ledger: shouye import FILE
cli-export-done = Wrote { $layer } ({ $features }) to { $file }.
cli-backup-done = Backed up to { $file } ({ $bytes } bytes).
cli-restore-done = Restored from { $file } ({ $bytes } bytes).
cli-check-ok = Checked: nothing is wrong.
cli-check-findings = Findings: { $findings }
cli-check-notes = The store is sound; worth a look: { $findings }
cli-add-done = Added { $name }:
cli-set-done = Changed { $name }:
cli-set-undone = Took back the change of { $name }:
cli-set-unchanged = The values are the same; nothing was changed.
cli-set-nothing-to-undo = There is no change to take back.

cli-import-done = { $file } → { $kind }: { $read } read, { $accepted } imported, { $refused } refused, { $warnings } warnings.
cli-import-dry-run = (dry run, store unchanged) { $file } → { $kind }: { $read } read, { $accepted } would be imported, { $refused } refused, { $warnings } warnings.
cli-import-details = Format { $format } · layer { $layer } · CRS { $crs } · encoding { $encoding }
cli-import-taken = New { $added } · updated { $updated } · unchanged { $unchanged }
cli-import-refused = Refused rows:
cli-import-warnings = Warnings:
cli-more = … and { $n } more; --json shows all.
cli-import-nothing = Nothing in { $file } could be imported.
cli-import-nothing-hint = Correct what is listed, or name kind, columns and reference system with --as, --column, --crs.
cli-import-undone = Took back the import of { $kind } from { $source }.
cli-import-nothing-to-undo = There is no import to take back.

cli-nearest-head = Nearest to { $at }: { $kind } ({ $n })
cli-nearest-none = Nearest to { $at }: no { $kind } meets the conditions.

cli-people = { $n } people
cli-exposure-head = Residents in the area: { $people } (by day: { $day }), in { $settlements } settlements.
cli-exposure-without-data = { $n } of the settlements have no population figure and are not counted.

cli-evacuate-head = { $people } people to move: { $assigned } assigned, { $unassigned } unassigned.
cli-evacuate-cost = { $cost } person-metres in all, { $mean } m each on average (straight line).
cli-evacuate-optimal = The plan is proven optimal.
cli-evacuate-gap = The plan may not be optimal; its cost is at most { $gap } above the least.
cli-evacuate-people-gap = A better plan could place at most { $people } more people.
cli-evacuate-no-settlements = The store holds no settlements, so nobody knows how many people the area has. Import settlements with their residents first.
cli-out-is-area = --out and --area are the same file
cli-out-is-area-hint = Choose another file name for --out
cli-import-samples-left-out = Real data are in use now: { $count } sample records of { $kind } no longer count.
cli-evacuate-nobody = Nobody in the area has to be moved.
cli-evacuate-assignments = Who goes where
cli-evacuate-shelters = Shelters
cli-evacuate-unassigned = Unassigned
cli-evacuate-unresolved = Rows of the preplanned table that cannot be followed
cli-evacuate-limits = What holds the plan back
cli-evacuate-to-confirm = Settlements on the edge, to be confirmed ({ $n }): { $names }
cli-evacuate-point-only = Settlements known by position only, counted whole ({ $n }): { $names }
cli-basis-declared = declared
cli-basis-area = by area

cli-command-route = The quickest way by road, and others that really differ
cli-command-reach = How far one gets in some minutes
cli-command-matrix = Travel times between many places
cli-command-coverage = How many people the first team reaches in some minutes
cli-command-cutoff = Which villages have no road left, which bridge would cut off more, what to reopen first
cli-arg-nearest-night = By night
cli-arg-nearest-rain = In heavy rain
cli-arg-nearest-snow = On snow or ice
cli-arg-evacuate-night = By night
cli-arg-evacuate-rain = In heavy rain
cli-arg-evacuate-snow = On snow or ice
cli-arg-route-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-route-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-route-night = By night
cli-arg-route-rain = In heavy rain
cli-arg-route-snow = On snow or ice
cli-arg-reach-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-reach-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-reach-night = By night
cli-arg-reach-rain = In heavy rain
cli-arg-reach-snow = On snow or ice
cli-arg-matrix-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-matrix-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-matrix-night = By night
cli-arg-matrix-rain = In heavy rain
cli-arg-matrix-snow = On snow or ice
cli-arg-coverage-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-coverage-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-coverage-night = By night
cli-arg-coverage-rain = In heavy rain
cli-arg-coverage-snow = On snow or ice
cli-arg-cutoff-vehicle = Vehicle: car fire-engine ladder-truck ambulance truck bus walking; what the facility sends, or a car, without it
cli-arg-cutoff-closed = Closed roads (GeoJSON points, lines or areas; properties factor, depth_m, from, to)
cli-arg-cutoff-night = By night
cli-arg-cutoff-rain = In heavy rain
cli-arg-cutoff-snow = On snow or ice
cli-arg-route-from = Where it begins: LON,LAT
cli-arg-route-to = Where it ends: LON,LAT
cli-arg-reach-from = Where it begins: LON,LAT
cli-arg-reach-minutes = Minutes, for example 5,10,15 (default)
cli-arg-matrix-from = Where one begins: CSV with columns lon, lat and optionally id
cli-arg-matrix-to = Where one ends: the same
cli-arg-coverage-kind = Who comes (default station)
cli-arg-coverage-minutes = Minutes, for example 5,15,30 (default)
cli-arg-coverage-conditions = Only those that meet a condition, for example tier=1; may be repeated, all must hold
cli-arg-coverage-one-more = What one more station in each village would add
cli-arg-cutoff-bridges = Try the loss of each bridge
cli-arg-cutoff-roads = Try the loss of each stretch of road
cli-travel-by-time = { $option } matters by time only
cli-travel-by-time-hint = Add --by time
cli-col-travel = Travel min:s
cli-col-turn = Turn
cli-col-road = Road
cli-col-minutes = Minutes
cli-col-road-km = Roads km
cli-col-area-km2 = Area km²
cli-col-gained = More people
cli-col-saved-person-minutes = Saved person-min
cli-col-teams = Teams inside
cli-col-barrier = Cut by
cli-col-bridge = Bridge
cli-evacuate-time = { $cost } person-seconds on the road, { $mean } s each on average (estimated).
cli-route-none = There is no way by road between the two.
cli-route-avoided = Avoided: { $names }
cli-route-head = Way { $rank }: { $km } km, estimated { $p50 } to { $p90 } (min:s, P50–P90)
cli-coverage-head = Residents reached from { $kind } (of { $people }; turnout included; estimated)
cli-coverage-uncovered = { $n } settlements not reached within { $minutes } minutes
cli-coverage-one-more = Where one more station would add most
cli-nearest-unreached = Not reachable:
cli-cutoff-none = No village is cut off.
cli-cutoff-head = { $n } settlements with { $people } people are cut off.
cli-cutoff-reopening = Order of reopening
cli-cutoff-bridges = The loss of one more bridge would cut off
cli-cutoff-bridges-none = The loss of no single bridge would cut anybody off.
cli-cutoff-roads = The loss of one more stretch of road would cut off (road, middle of the stretch)
cli-cutoff-roads-none = The loss of no single stretch of road would cut anybody off.
