# The evacuation panel
verb-any = evacuation
verb-flood = relocation
verb-earthquake = sheltering
verb-chemical = evacuation
verb-fire = evacuation
evacuation-area = Danger area
draw-polygon = Draw polygon
draw-circle = Draw circle
draw-polygon-hint = Click corner by corner on the map; double-click or click the first corner to finish; Esc gives up
draw-circle-hint = Press at the middle, drag outwards and let go; Esc gives up
area-choose = Take an area from the map
area-polygon = Drawn area
area-circle = Circle, radius { $metres } m
area-feature = { $name }
area-plan = Area of the plan "{ $name }"
area-clear = Clear
area-people = Residents
area-settlements = Touches
area-facilities = Facilities
area-on-edge =
    { $count ->
        [one] { $count } village lies on the edge and counts by share of area: please confirm
       *[other] { $count } villages lie on the edge and count by share of area: please confirm
    }
area-point-only =
    { $count ->
        [one] { $count } village has only a point and counts whole
       *[other] { $count } villages have only a point and count whole
    }
area-without-data =
    { $count ->
        [one] { $count } village has no population figure and is not counted
       *[other] { $count } villages have no population figure and are not counted
    }
evacuation-hazard = Hazard
evacuation-stay = Stay
stay-basis = { $area } m² a person, open { $days } days ({ $standard }, { $mark }; the standard and plan in force decide)
mark-found = found in a source
mark-recalled = from memory
mark-default = our default
evacuation-max = No farther than
evacuation-together = Keep villages together
evacuation-together-hint = A village goes to one shelter only; fewer people may fit
evacuation-make = Make the { $verb } plan
evacuation-busy = Making the { $verb } plan…
evacuation-empty = Draw the danger area, then make the plan: who goes where, how full each shelter gets, who has no place
evacuation-no-settlements = There are no village populations. Import them first
evacuation-no-shelters = There are no shelters. Import them first
evacuation-bad-area = This danger area has no surface
evacuation-bad-area-hint = Draw it again with at least three corners that are not in a line
evacuation-no-outline = { $name } has no outline and cannot be a danger area
evacuation-no-outline-hint = Choose an area, or draw one on the map
plan-stale = Data or conditions have changed: this plan is out of date. Make it again
plan-people = For { $verb }
plan-assigned = With a place
plan-unassigned = Without a place
plan-distances = { $mean } on average, { $farthest } at most (straight line)
plan-optimal = Proven optimal: first as many people as possible, then the shortest way
plan-gap = Not proven optimal: at most { $percent } % longer than the best, at most { $people } more people could be placed
plan-to-confirm =
    { $count ->
        [one] { $count } village lies on the edge: confirm whether { $verb } is for all of it
       *[other] { $count } villages lie on the edge: confirm whether { $verb } is for all of them
    }
plan-deviations =
    { $count ->
        [one] { $count } assignment deviates from the preplanned shelter
       *[other] { $count } assignments deviate from the preplanned shelters
    }
plan-unresolved =
    { $count ->
        [one] { $count } row of the preplanned table cannot be followed
       *[other] { $count } rows of the preplanned table cannot be followed
    }
plan-unresolved-row = { $settlement } → { $shelter }: { $why }
plan-left = Without a place
plan-shelters =
    { $count ->
        [one] { $count } shelter used ({ $unusable } cannot be used)
       *[other] { $count } shelters used ({ $unusable } cannot be used)
    }
plan-limits = What holds the plan back
load = { $assigned } / { $room } people
open-assignments = Who goes where ({ $count })
open-shelters = Shelters
open-table-all = All { $count }
plan-save-title = Save the plan
plan-saved-as = Saved as "{ $name }"
plan-name-hint = Name of the plan, such as: north levee
plans-saved = Saved plans ({ $count })
plan-delete = Delete the plan { $name }
plan-unreadable = The plan "{ $name }" cannot be read
plan-unreadable-hint = Make it again and save it
assignments-title = Who goes where
shelters-title = Shelters and their load
unassigned-title = People without a place
column-from = From
column-to = To
column-people = People
column-remark = Remark
column-shelter = Shelter
column-capacity = Capacity
column-basis = Basis
column-occupied = Occupied and reserved
column-assigned = By this plan
column-left = Left
column-use = Use
column-why = Why, and what to do
basis-declared = declared
basis-area = estimated from area
usable = usable
deviates-from = Preplanned: { $name }
conditions = { $area } · { $hazard } · { $stay } · { $limit }
conditions-together = { $area } · { $hazard } · { $stay } · { $limit } · villages together
no-limit-distance = any distance
limit-km = within { $km } km
conditions-change = Change
plan-again = Make it again
area-from-file = File…
area-file = Area of the file "{ $name }"
limit-shelters = { $name } and others, { $count } in all, are full: one more place in any takes in { $people } more
