# The data panel
data-open-store = Open store
data-records =
    { $count ->
        [one] { $count } record in all
       *[other] { $count } records in all
    }
data-none-open = No store is open. Open or make one below
data-import = Import
data-import-hint = Drop Excel, CSV, GeoJSON, Shapefile or GeoPackage onto the window, or:
data-choose-file = Choose a file…
data-undo-import = Take the last import back
data-export = Export
data-export-kind = Which layer to export
data-export-to = Export…
data-export-hint = The ending decides the format: .xlsx .csv .geojson .gpkg
data-store = Store
data-open = Open…
data-new-demo = New with demo county…
data-new-empty = New, empty…
data-open-own = Open this computer's own store
dialog-open = Open a county store
dialog-new = Make a county store
dialog-import = Choose a file to import
dialog-export = Export to
path-open = Or type the store's full path
path-import = Or type the file's full path
path-export = Or type the full path to write to
use-path = Use
dialog-area = Choose the file of a danger area
job-area = Reading the area { $file }
