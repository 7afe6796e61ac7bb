crs-old-datum = “{ $name }”坐标系换算到 CGCS2000 的参数不公开，直接导入会偏几十米到上百米。请先由测绘部门转换为 CGCS2000，再导入。
crs-unknown-epsg = 不支持 EPSG:{ $code }。请把数据转换为 CGCS2000（EPSG:4490），或用“坐标系”一栏选择正确的坐标系。
crs-not-a-crs = “{ $text }”不是可识别的坐标系。请写成 EPSG:4490、EPSG:4548、GCJ02 或 BD09。
crs-unsupported = 坐标系中的“{ $what }”不支持。请把数据转换为 CGCS2000（EPSG:4490）后再导入。
