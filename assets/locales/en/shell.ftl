# The window: bars, rail, notices, questions
app-name = 守夜 Shouye
task-layers = Layers
task-nearest = Nearest
task-evacuation = Evacuation
task-data = Data
task-settings = Settings
panel-toggle = Show or hide the panel (Tab)
lang-switch = 中文
lang-switch-hint = 切换到中文
lang-zh = 中文 (Chinese)
lang-en = English
light-day = Day
light-night = Night
light-red = Red light
top-sample = Sample data
top-part-sample =
    { $layers ->
        [one] Partly sample data ({ $layers } layer)
       *[other] Partly sample data ({ $layers } layers)
    }
search-hint = Search places, resources, coordinates  Ctrl+K
search-results = Search results
search-nothing = Nothing found. Try another name, or type longitude,latitude
search-coordinate = Coordinates
back = Back
open = Open
delete = Delete
save = Save
undo = Undo
cancel = Cancel
look = Show
put-away = Put away
details = Details
unnamed = (no name)
working = Working…
no-limit = Any
at-least = At least
unit-km = km
unit-settlements = villages
unit-facilities = sites
people =
    { $people ->
        [one] { $people } person
       *[other] { $people } people
    }
places-left =
    { $people ->
        [one] { $people } place left
       *[other] { $people } places left
    }
distance-unreadable = This distance cannot be read. Type kilometres, such as 2.5, or leave it empty
place-at = { $at }
place-named = { $name }
sample-warning = Contains sample data: not for real operations
sample-row = Sample data: not for real operations
estimated = estimated
source-unknown = unknown source
source-named = { $source }
source-line-aged =
    { $age ->
        [one] { $kind }: { $source }, { $day } ({ $age } day ago)
       *[other] { $kind }: { $source }, { $day } ({ $age } days ago)
    }
source-line-dated = { $kind }: { $source }, { $day }
source-line-undated = { $kind }: { $source }, no date
sources-more = { $count } more
map-opening = Preparing the map…
map-no-store = No store is open. Choose Data on the left, then open or make one
status-not-open = No store open
status-opening = Opening…
status-read-only = Read-only
status-saved = Saved
store-opened-read-only = The store can be read but not changed
store-opened-read-only-hint = The file or its folder cannot be written. To make changes, copy it to a place that can and open the copy
job-open-own = Opening the store
job-open = Opening { $file }
job-new = Making { $file }
job-export = Exporting { $file }
job-dialog = Choosing a file
job-set = Saving the change
job-undo = Taking the change back
job-history = Reading the history
job-nearest = Finding the nearest
job-exposure = Counting people in the area
job-plan = Making the plan
job-save-plan = Saving the plan
job-load-plan = Opening the plan
job-delete-plan = Deleting the plan
job-scene = Preparing the map
job-net = Preparing the road net
job-search = Searching
job-broken = "{ $job }" failed
job-broken-hint = Everything else still works. Try again with other conditions; if it fails again, back the store up and report it
exported =
    { $features ->
        [one] Exported { $features } record: { $file }
       *[other] Exported { $features } records: { $file }
    }
record-changed = Saved: { $name }
county-followed = Another program changed the data; they have been read again
job-follow = Reading what another program changed
record-undone = Taken back: { $name }
nothing-to-undo = There is nothing to take back
plan-saved = Plan saved: { $name }
plan-deleted = Plan deleted
confirm-delete-plan = Delete the plan "{ $name }"? It cannot be brought back
confirm-undo-import = Take the import of "{ $source }" back? All its records go
confirm-replace = Replace the whole layer? Its records give way to this file
confirm-any = Do you really want this?
confirm-yes = Yes
confirm-no = No, go back
hint-title = Three steps to begin
hint-click = Choose Nearest, then click the map: the nearest shelters, stations, hospitals
hint-draw = Choose Evacuation, then draw the danger area: a plan within every shelter's capacity
hint-drop = Drop a ledger (Excel, CSV, Shapefile) onto the window: work with your own data
hint-try = Try it
hint-dismiss = Got it, do not show again
settings-language = Language
settings-light = Colours
settings-size = Size
settings-vehicle = Vehicle mode
settings-vehicle-hint = Letters and buttons a quarter larger, easier to hit on the road
settings-keys = Keys
keys-search = Ctrl+K  search
keys-panel = Tab  show or hide the panel
keys-escape = Esc  give up drawing, close the card
keys-map = Arrows, +, −  move and zoom the map
settings-about = About
about-version = Version { $version }
about-offline = All data stay on this computer; nothing goes online
capacity-declared = capacity { $people }
capacity-area = capacity { $people } (estimated from area)
capacity-no-data = capacity: no data
window-title = Shouye
copied = Copied: { $text }
notice-clear = Do not show this any more
change-made = Saved: { $name }  { $what }
change-undone = Taken back, a change by { $who }: { $name }  { $what }
who-local = local user
places-left-name = Places left
places-over-name = Too many people
places-over =
    { $people ->
        [one] { $people } person too many
       *[other] { $people } people too many
    }
phone = Phone { $number }
phone-copy = Copies the number
phone-none = No phone number
path-no-dialog = This computer has no file dialog: type the full path
confirm-replace-plan = There is a plan "{ $name }" already. Overwrite it with this one?
confirm-overwrite = Overwrite
confirm-over =
    { $people ->
        [one] That is { $people } person more than there are places. Save it all the same?
       *[other] That is { $people } people more than there are places. Save it all the same?
    }
confirm-save-anyway = Save anyway
confirm-delete = Delete plan
confirm-undo = Undo import
confirm-replace-layer = Replace layer
path-full = Full path of the file
