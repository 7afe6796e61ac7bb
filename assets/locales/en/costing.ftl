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
evacuation-max-time = No longer than
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
costing-saved = Speeds and turnout saved; answers are worked out again
job-costing = Saving speeds and turnout
costing-own = the county's own (usually { $usual }; { $who }, { $day })
costing-group-speed = Speed by class of road
costing-group-surface = Surface
costing-group-condition = Conditions
costing-group-junction = Junctions
costing-group-spread = Estimated range
costing-group-turnout = Turnout
costing-speed-link = Slip road
costing-surface-paved = Paved
costing-surface-gravel = Gravel
costing-surface-unpaved = Unpaved
costing-junction-major-s = Large junction
costing-spread-p90 = P90 as a multiple of P50
costing-field-walking-kmh = Walking speed
costing-field-factor = Pace
costing-field-height-m = Height
costing-field-weight-t = Weight
costing-field-ford-depth-m = Wading depth
cli-command-costing = Show or change the table of speeds, factors, vehicles and turnout times
cli-command-costing-set = Put the county's own figures in the place of the usual ones
cli-command-costing-reset = Make figures as usual again
cli-arg-costing-set-values = KEY=VALUE, for example speed.primary=50 turnout.station=90; nothing after the sign means as usual
cli-arg-costing-reset-keys = Which figures; all of them without it
cli-costing-unreadable = “{ $text }” is not KEY=VALUE.
cli-costing-unreadable-hint = For example: shouye costing set speed.primary=50 turnout.station=90
cli-travel-head = Travel: { $heading } (times are estimates)
cli-costing-own = The county's own: { $group }, { $name } { $value } (usually { $usual })
cli-col-figure = Figure
cli-col-value = Value
cli-col-mark = Mark
cli-col-key = Key
costing-title = Speeds and turnout
costing-hint = All travel times are reckoned from this table. Figures of your own count here and on the command line
costing-source = The usual figures rest on: { $source }
costing-own-count = { $count } own
costing-lost =
    { $count ->
        [one] { $count } of the county's own figures has no place in this version and does not count
       *[other] { $count } of the county's own figures have no place in this version and do not count
    }
costing-reset = Back to { $usual }
costing-reset-all = All as usual again ({ $count })
confirm-reset-costing = Make all of the county's own speeds and turnout times as usual again?
costing-reset-yes = As usual again
