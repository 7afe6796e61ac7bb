# Travel times and roads

roads-none = There are no roads, so there are no travel times
roads-none-hint = Import roads first: OpenStreetMap or any layer of lines
roads-no-vehicle = There is no vehicle “{ $vehicle }”; known: { $known }
cli-road-far = The nearest road is { $metres } m away; times count from there
cli-no-way = no way by road

turn-depart = Depart
turn-straight = Straight on
turn-slight-left = Bear left
turn-left = Turn left
turn-sharp-left = Turn sharp left
turn-slight-right = Bear right
turn-right = Turn right
turn-sharp-right = Turn sharp right
turn-around = Turn round
turn-arrive = Arrive

limit-shelter-time = { $name } is full: { $people ->
        [0] one more place saves { $metres } person-seconds
       *[other] one more place takes in { $people } more
    }
limit-shelter-time-at-least = { $name } is full: { $people ->
        [0] one more place saves at least { $metres } person-seconds
       *[other] one more place takes in at least { $people } more
    }
limit-time = The limit of { $limit } s: { $people ->
        [0] without it { $metres } person-seconds less
       *[other] without it { $people } more people find a place
    }
limit-time-estimate = The limit of { $limit } s: { $people ->
        [0] without it about { $metres } person-seconds less (an estimate)
       *[other] without it about { $people } more people find a place (an estimate)
    }
