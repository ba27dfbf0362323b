#: DOM0=768M,max:768M TIMEOUT=700 DOMU=1 LOG=none
# A limit raised before a guest's driver has looked for the first time: a PVH guest takes static-max less its pages as its offset for ever.
trace_on
record start
domu_create pvh
pages_before=$(domain_pages "$u")
claim 'the domU has what it was given' test "${pages_before% *}" -ge 131072
xl mem-max u 1024
xenstore-ls "/local/domain/$u/memory"
xl unpause u
shrunk() { [ "$(xl list u 2> /dev/null | awk 'NR == 2 { print $3 }')" -lt 256 ]; }
gone() { ! xl list u > /dev/null 2>&1; }
gone_or_shrunk() { gone || shrunk; }
claim 'the domU gives back more than half of its memory, though its target is what it has' until_true 300 gone_or_shrunk
xl list
domain_pages "$u"
record end
cp "$log" /out/domu_console.txt
tail -n 40 "$log"
xl destroy u
