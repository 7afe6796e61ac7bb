crs-old-datum = The shift from { $name } to CGCS2000 is not public; importing it as it is would be tens of metres to more than a hundred metres off. Have the survey office convert it to CGCS2000 first, then import it.
crs-unknown-epsg = EPSG:{ $code } is not supported. Convert the data to CGCS2000 (EPSG:4490), or choose the right coordinate system.
crs-not-a-crs = “{ $text }” is not a coordinate system. Write EPSG:4490, EPSG:4548, GCJ02 or BD09.
crs-unsupported = “{ $what }” in the coordinate system is not supported. Convert the data to CGCS2000 (EPSG:4490), then import it.
