#: DOM0=512M,max:512M TIMEOUT=1200
# Windows of mainline tried on a dom0: W3e, W3f, W3b, the target file, I-42.
trace_on
record start
base=$(cat "$XM/target_kb")
section=131072

# W3e: an order given up stays given up, whatever becomes possible; only another target wakes the driver.
target_kb $((base + 65536))
until_true 30 has_offline 1
block "$(offline_blocks)" online_movable
claim 'W3e: refused by the limit, the order is given up' gave_up
record w3e-given-up
dom0_max 1024
claim 'W3e: the limit rises and nothing happens for 40 s' still 40 "$XM/info/current_kb" "$base"
target_kb $((base + 65536))
claim 'W3e: the same target again and nothing happens for 10 s' still 10 "$XM/info/current_kb" "$base"
target_kb $((base + 65540))
claim 'W3e: a target one page higher is acted on at once' until_true 20 settled
record w3e-another

# W3f: nobody onlines. The section counts as there, so nothing replaces it.
target_kb $((base + 2 * section))
until_true 30 has_offline 1
claim 'W3f: an added block that nobody onlines is waited for, 20 s long' still 20 "$XM/info/current_kb" $((base + section))
claim 'W3f: no second section is added in its place' test "$(offline_blocks | wc -l)" = 1
record w3f

# W3b: the target falls while sections are being added: they are added all the same, and stay.
before=$(offline_blocks | wc -l)
mark 'W3b: up by 12 sections, and down at once'
echo $((base + 14 * section)) > "$XM/target_kb"
sleep 0.1
echo $((base + section)) > "$XM/target_kb"
claim 'W3b: sections are added for a target that is gone' until_true 120 has_offline $((before + 12))
claim 'W3b: the driver is at the later target' until_true 30 settled
record w3b

# The target file takes what is no number for 0, and what is too large for something else.
mark 'no number, and the true target at once after it'
echo abc > "$XM/target_kb"
echo $((base + section)) > "$XM/target_kb"
claim 'target_kb: a word is taken for a target of 0' grep -q 'set_target:.*target=0 ' "$TRACE/trace"
until_true 60 settled
mark '2^54 kB more than the target'
echo $((18014398509481984 + base + section)) > "$XM/target_kb"
claim 'target_kb: 2^54 kB too much is taken for what is left of it' test "$(cat "$XM/target_kb")" = $((base + section))
record target-file

# I-42: there is no way back.
target_kb "$base"
until_true 60 settled
for b in $(offline_blocks | head -n 1); do
  claim 'I-42: an added block, never onlined, cannot be removed: there is no file for it' test ! -e "$MB/$b/remove"
done
claim 'I-42: no probe file either' test ! -e "$MB/probe"
record end
