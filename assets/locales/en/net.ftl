# What is wrong with the road net
net-sound = Road net: no gaps, no islands
net-found = Road net: { $gaps ->
        [one] { $gaps } gap
       *[other] { $gaps } gaps
    }, { $islands ->
        [one] { $islands } island
       *[other] { $islands } islands
    }
net-hint = Gaps and islands make ways longer or seem to be none. Tap one to look at it on the map
net-gaps = Gaps: ends that nearly meet a road
net-islands = Islands: not joined to the rest
net-more = { $count } more
store-check-road-gap = The end of road "{ $name }" is { $metres } m from another road and does not meet it ({ $at })
store-check-road-island = { $metres } m of roads, from road "{ $name }" on, are not joined to the rest ({ $at })
store-check-road-without-line = Road "{ $name }" has no line
store-check-lost-restrictions =
    { $count ->
        [one] { $count } turn restriction has roads that do not end at its point and does not count
       *[other] { $count } turn restrictions have roads that do not end at their point and do not count
    }
store-check-lost-gates =
    { $count ->
        [one] { $count } gate lies on no road and does not count
       *[other] { $count } gates lie on no road and do not count
    }
