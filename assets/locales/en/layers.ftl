# The layers panel
layers-people = People and facilities
layers-ground = The ground
layers-tables = Ledgers (not on the map)
layers-records =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
layers-table-hint = Open as a table
layers-visible-hint = Show on the map
layers-left-out =
    { $count ->
        [one] Real data are in use; { $count } sample record is left out
       *[other] Real data are in use; { $count } sample records are left out
    }
layers-empty = The store is empty. Drop a ledger onto the window, or choose Data on the left
layers-no-store = No store is open. Choose Data on the left, then open or make one
layers-all-hidden = All layers are hidden
table-close = Close the table
table-save = Save as CSV
table-empty = No records
layers-show-all = Show all
layers-hide-all = Hide all
table-sort-hint = Click to sort
