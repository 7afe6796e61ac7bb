movement-head = Movement (estimate; minutes from an order given now)
movement-by-mode = { $foot } on foot, { $car } by own car, { $bus } by bus ({ $buses } buses, { $trips } trips).
movement-clear = All arrive after about { $likely } min ({ $low }–{ $high }); with empty roads and buses for all, at least { $bound } min.
movement-stuck-no-road = { $name }: { $people } people have no road to go by.
movement-stuck-no-vehicle = { $name }: { $people } people have no vehicle, and it is too far to walk.
movement-stuck-no-room = { $name }: the roads have no room for { $people } people for as long as can be told.
movement-villages = Villages, the most urgent first
movement-left = order by { $at } at the latest, { $minutes } min left
movement-too-late = { $minutes } min too late (order was due by { $at })
movement-bottlenecks = Roads with queues, the worst first
movement-remedies = What would be quicker (each worked out again)
movement-more-buses = { $buses } more buses: { $minutes } min sooner{ $people ->
    [0] {""}
   *[other] , { $people } more people moved
 }.
movement-wider-road = “{ $name }” with both lanes in one direction or directed traffic: { $minutes } min sooner{ $people ->
    [0] {""}
   *[other] , { $people } more people moved
 }.
movement-wider-bridge = Bridge on “{ $name }” with both lanes in one direction or directed traffic: { $minutes } min sooner{ $people ->
    [0] {""}
   *[other] , { $people } more people moved
 }.
movement-reopen = “{ $name }” lifted: { $minutes } min sooner{ $people ->
    [0] {""}
   *[other] , { $people } more people moved
 }.
movement-bad-value = { $option } cannot be “{ $value }”.
movement-bad-value-hint = Give times as minutes (0–10080) or as a moment such as 2026-07-05T16:40, shares between 0 and 1.
cli-col-first-leave = first leave
cli-col-all-there = all there
cli-col-latest-start = order at the latest
cli-col-cars-per-hour = cars an hour
cli-col-vehicles = vehicles
cli-col-longest-wait = longest wait
cli-arg-evacuate-movement = Also work out the movement: who leaves when, when all are there, the latest moment for the order
cli-arg-evacuate-buses = Buses at hand (else the table's figure)
cli-arg-evacuate-seats = Seats of a bus
cli-arg-evacuate-car-share = Share of those who do not walk that have a car, 0 to 1
cli-arg-evacuate-notify-min = Minutes from the order until all are warned
cli-arg-evacuate-prepare-min = Minutes from the warning until half are ready
cli-arg-evacuate-danger = When the danger comes: minutes from now, or a moment
movement-vehicles = { $foot } on foot, { $car } by own car, { $bus } by bus
movement-wider-unnamed = A road without a name with both lanes in one direction or directed traffic: { $minutes } min sooner{ $people ->
    [0] {""}
   *[other] , { $people } more people moved
 }.
movement-unnamed = road without a name
