#: DOM0=512M,max:512M TIMEOUT=600
#: GEN tests --finding W3d
# W3d end to end: the generated test, Xen's counters, the log validated.
run_tests
