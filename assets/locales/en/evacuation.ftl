# Evacuation: why shelters are not usable, why people stay, what limits the plan
unusable-closed = closed
unusable-full = full
unusable-in-danger = inside the danger area
unusable-unfit-for-hazard = does not serve this hazard
unusable-no-data = no capacity on record: enter the capacity or the effective area
unusable-no-position = no position on record: enter its coordinates

why-too-far = no usable shelter within the permitted distance: allow more, or open a temporary one nearby
why-no-capacity = the shelters within reach are full: open more, or enlarge one
why-no-shelter = there is no usable shelter: open one, or enter one
why-no-data = no population figure: check how many people have to leave
why-too-large-to-keep-together = no single shelter can take the whole village: allow it to be split

unresolved-unknown-settlement = no such settlement, or several of that name: correct the row
unresolved-unknown-shelter = no such shelter, or several of that name: correct the row

limit-shelter = { $name } is full: { $people ->
        [0] one more place saves { $metres } person-metres
       *[other] one more place takes in { $people } more
    }
limit-shelter-at-least = { $name } is full: { $people ->
        [0] one more place saves at least { $metres } person-metres
       *[other] one more place takes in at least { $people } more
    }
limit-distance = The limit of { $limit } m: { $people ->
        [0] without it { $metres } person-metres less
       *[other] without it { $people } more people find a place
    }
limit-distance-estimate = The limit of { $limit } m: { $people ->
        [0] without it about { $metres } person-metres less (an estimate)
       *[other] without it about { $people } more people find a place (an estimate)
    }
