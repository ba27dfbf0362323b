#: DOM0=768M,max:768M TIMEOUT=1500 DOMU=1
#: GEN tests --finding W3d --place domu
# W3d inside a PV domU, then the toolstack's windows: W3a and W3h (unpopulated pages), W3g (the limit falls first), I-35.
domu_windows pv
