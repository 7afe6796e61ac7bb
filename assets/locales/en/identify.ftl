# The card of one feature
card-fields = Details
card-place = Coordinates
card-read-only = The store is read-only: nothing can be changed
card-type-figure = Figure
card-history = History
card-show = Show on the map
card-nearest = Nearest from here
card-area = Use as danger area
undo-hint = Takes the last change back, whoever made it and to whatever record; you are told which
history-line = { $field }: { $old } → { $new }
history-import = An import renewed the record
