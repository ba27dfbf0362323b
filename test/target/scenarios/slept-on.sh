#: DOM0=512M,max:512M VCPUS=2 TOOLSTACK=0 TIMEOUT=900
# The lost target, with two virtual CPUs on one processor: a target that comes during the driver's last refused attempt is slept on.
trace_on
# The driver's thread on one, the writer on the other.
taskset -p 2 "$(pidof xen-balloon)"
taskset -p 1 $$
record start
base=$(cat "$XM/target_kb")
target_kb $((base + 65536))
until_true 30 has_offline 1
block "$(offline_blocks)" online_movable
claim 'a raise that Xen refuses is given up' gave_up
target_kb "$base"
until_true 10 settled
record given-up

# Four attempts take 3 s instead of 14.
echo 1 > "$XM/max_schedule_delay"
# Somebody else computes beside the thread: Xen takes the processor from a CPU that has had its share, also in the middle of an attempt.
while :; do :; done &
busy=$!
taskset -p 2 "$busy"
renice -n 19 -p "$busy"
# tracing_on of an instance of its own falls to 0 when the driver asks Xen for pages.
watch=$TRACE/instances/watch
mkdir "$watch"
echo traceoff > "$watch/events/lab/memop_inc/trigger"
# No program is started in here: that takes longer than an attempt.
write_inside() {
  echo $((base + 65536)) > "$XM/target_kb"
  failures=0
  while [ "$failures" != 4 ]; do read -r failures < "$XM/retry_count"; done
  echo 1 > "$watch/tracing_on"
  asked=1
  while [ "$asked" = 1 ]; do read -r asked < "$watch/tracing_on"; done
  echo $((base - 4096)) > "$XM/target_kb"
}
rounds=1
until write_inside && still 5 "$XM/info/current_kb" "$base" || [ "$rounds" = 60 ]; do
  echo "$base" > "$XM/target_kb"
  until_true 10 settled
  rounds=$((rounds + 1))
done
kill "$busy"
echo "# rounds: $rounds"
claim 'a target that could be met at once is not acted on' still 5 "$XM/info/current_kb" "$base"
record slept-on
claim 'nothing happens for a minute' still 60 "$XM/info/current_kb" "$base"
target_kb $((base - 4096))
claim 'the same target again and nothing happens for 10 s' still 10 "$XM/info/current_kb" "$base"
target_kb $((base - 8192))
claim 'another target is acted on at once' until_true 20 settled
record another
