#: DOM0=768M,max:768M TIMEOUT=1000 DOMU=1
#: GEN tests --finding W3d --place domu
# W3d inside a PVH domU, where Xen keeps the P2M; the same windows of the toolstack.
domu_windows pvh
