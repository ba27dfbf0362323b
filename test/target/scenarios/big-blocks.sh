#: MEM=69632 DOM0=66560M,max:66560M XEN=bootscrub=0 TIMEOUT=2400
# W3j: 64 GiB and more make memory blocks larger than sections; what is not a multiple of a block cannot be added.
section=131072
block_kb=$((0x$(cat "$MB/block_size_bytes") / 1024))
echo "# a block is $block_kb kB, a section $section kB"
claim 'W3j: a memory block is larger than a section' test "$block_kb" -gt "$section"
trace_on
trace_save start
counters start
base=$(cat "$XM/target_kb")
for sections in 1 2 15; do
  mark "up by $sections sections"
  target_kb $((base + sections * section))
  claim "W3j: $sections sections more are refused, and nothing is added" still 5 "$XM/info/current_kb" "$base"
done
claim 'W3j: the kernel says why' sh -c 'dmesg | grep -q "unaligned hotplug range"'
dmesg | grep -E 'unaligned|additional memory' | sed 's/^/# /'
claim 'W3j: no block came' sh -c "! grep -q offline $MB/memory*/state"
target_kb $((base + block_kb))
claim 'W3j: a whole block more is added' until_true 60 has_offline 1
trace_save end
target_kb "$base"
