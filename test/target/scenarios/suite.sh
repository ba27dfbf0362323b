#: DOM0=512M,max:512M TIMEOUT=1500
#: GEN tests --only @NAME@
# One script of the generated suite a boot (suite-1, suite-2 …); "suite" is all of them.
run_tests
