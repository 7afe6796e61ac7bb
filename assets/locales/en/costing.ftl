# Conditions of travel; the table of speeds and turnout times
condition-night = Night
condition-rain = Heavy rain
condition-snow = Snow or ice
condition-none = daytime, dry roads
conditions-not-on-foot = People on foot are reckoned at a fixed speed that night, rain and snow do not change
sources-own-figures =
    { $count ->
        [one] Speeds and turnout: { $count } figure is the county's own
       *[other] Speeds and turnout: { $count } figures are the county's own
    }
minutes-unreadable = Give minutes, such as 30, at most 1440
unit-minutes = min
no-limit-time = any time
limit-minutes = within { $minutes } min
plan-times = Travel time (estimated): { $mean } on average, { $longest } at most
plan-distances-road = { $mean } on average, { $farthest } at most (by road)
plan-optimal-time = Proven optimal: first as many people as possible, then the least time
plan-gap-time = Not proven optimal: at most { $percent } % more time than the best, at most { $people } more people could be placed
costing-no-figure = The table of speeds and turnout has no figure "{ $key }"
costing-no-figure-hint = "shouye costing" lists them all
costing-bad-value = "{ $key }" cannot be "{ $value }"
costing-expected = Give a number from { $least } to { $most } ({ $unit })
costing-expected-whole = Give a whole number from { $least } to { $most } ({ $unit })
costing-unit-kmh = km/h
costing-unit-times = times
costing-unit-seconds = s
costing-unit-metres = m
costing-unit-tonnes = t
store-check-costing-unreadable = The county's own speeds and turnout times cannot be read: the usual ones count. Clear them with "shouye costing reset" and enter them again
store-check-costing-lost = The county's own "{ $key }" ({ $value }) has no place in this version of the table and does not count
