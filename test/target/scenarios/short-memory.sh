#: DOM0=512M,max:512M TIMEOUT=900
# decrease.nomem: a guest that is asked for more than it can give keeps what it needs, in silence.
trace_on
record start
base=$(cat "$XM/target_kb")
# What the page allocator has left is eaten up to 120 MiB.
mkdir -p /eat
mount -t tmpfs -o size=90% eat /eat
available=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)
dd if=/dev/zero of=/eat/all bs=1M count=$(((available - 122880) / 1024)) 2> /dev/null
counters eaten
record eaten
target_kb $((base - 163840))
claim 'decrease.nomem: the driver backs off and gives up' gave_up
claim 'decrease.nomem: it stopped short of the target and nothing says so' test "$(cat "$XM/info/current_kb")" -gt $((base - 163840))
record short
rm /eat/all
claim 'decrease.nomem: memory is free again and nothing happens for 20 s' still 20 "$XM/info/current_kb" "$(cat "$XM/info/current_kb")"
target_kb "$base"
claim 'the way back works' until_true 60 settled
record end
