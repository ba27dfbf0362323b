/**
 * What every generated script begins with: POSIX shell, nothing but sh, cat, sort, id, date, sleep and, where a plan moves limits, xl.
 * A dollar and a brace are written `@{` here. Source: Documentation/ABI/stable/sysfs-devices-system-xen_memory,
 * Documentation/ABI/testing/sysfs-devices-memory, Documentation/fault-injection/notifier-error-inject.rst.
 */
const TEXT = String.raw`
# ── what the guest is ──
root=@{BALLAST_ROOT:-}
tick=@{BALLAST_TICK:-1}
bound=@{BALLAST_BOUND:-90}
reserve_kb=@{BALLAST_FLOOR_KB:-65536}
record=@{BALLAST_RECORD:-}
xm=$root/sys/devices/system/xen_memory/xen_memory0
mb=$root/sys/devices/system/memory
inject=$root/sys/kernel/debug/notifier-error-inject/memory/actions
marker=$root/sys/kernel/tracing/trace_marker

skip() {
  echo 'KTAP version 1'
  echo "1..0 # SKIP $*"
  exit 4
}
now() { date +%s; }
memory() { # FIELD of /proc/meminfo, kB
  while read -r key amount _; do
    if [ "$key" = "$1:" ]; then
      echo "$amount"
      return
    fi
  done < "$root/proc/meminfo"
}
all_blocks() {
  for block_dir in "$mb"/memory[0-9]*; do echo "@{block_dir##*/memory}"; done | sort -n
}
# Xen's own counters of this domain: nr_pages and max_pages, from debug key q. Empty where there is no toolstack.
xen_counts() {
  xl debug-keys q > /dev/null 2>&1 || return 0
  xl dmesg 2> /dev/null | sed -n \
    -e "s/.*General information for domain \([0-9]*\):.*/domain \1/p" \
    -e 's/.*nr_pages=\([0-9]*\).*max_pages=\([0-9]*\).*/\1 \2/p' | {
    of=none
    counts=''
    while read -r first second; do
      if [ "$first" = domain ]; then of=$second; elif [ "$of" = "$domain" ]; then counts="$first $second"; fi
    done
    echo "$counts"
  }
}

[ -n "$root" ] || [ "$(id -u)" = 0 ] || skip 'only root may do this'
[ -w "$xm/target_kb" ] || skip 'there is no Xen balloon driver here'
[ -r "$mb/block_size_bytes" ] || skip 'this kernel has no memory hotplug'
domain=@{BALLAST_DOMAIN:-0}
block_kb=$((0x$(cat "$mb/block_size_bytes") / 1024))
unit_kb=$((block_kb / pages_per_block))
base_kb=$(cat "$xm/info/current_kb")
base_total=$(memory MemTotal)
[ "$(cat "$xm/target_kb")" = "$base_kb" ] || skip 'the target is not what is in use: the balloon is at work'
[ "$(cat "$xm/info/low_kb") $(cat "$xm/info/high_kb")" = '0 0' ] || skip 'there are ballooned pages already; this plan begins with none (boot with maxmem = memory)'
# Twice what the processor can address: no gap is as large.
bits=$(sed -n 's/^address sizes[^:]*: \([0-9]*\) bits physical.*/\1/p' "$root/proc/cpuinfo" 2> /dev/null | sed 1q)
beyond_kb=$((1 << (@{bits:-52} - 9)))
first_blocks=$(all_blocks | tr '\n' ' ')
for block in $first_blocks; do
  [ "$(cat "$mb/memory$block/state")" = online ] || skip "memory$block is not online; this plan begins with every block online"
done
policy=$(cat "$mb/auto_online_blocks")
echo offline > "$mb/auto_online_blocks" || skip 'auto_online_blocks cannot be written'
base_xen=''
base_max=''
if command -v xl > /dev/null; then
  counts=$(xen_counts)
  base_xen=@{counts% *}
  base_max=@{counts#* }
fi
# libxl moves no limit of a domain whose target it does not know, and none below that target. The driver watches the key, so it
# gets a target a little lower than this first, and what it had once it has seen that.
key=/local/domain/$domain/memory/target
made_key=''
give_target_key() {
  ! xenstore-read "$key" > /dev/null 2>&1 || return 0
  made_key=1
  xenstore-write "$key" "$((base_kb - 1024))"
  wait_for "$xm/target_kb" "$((base_kb - 1024))"
  echo "$base_kb" > "$xm/target_kb"
  wait_for "$xm/info/current_kb" "$base_kb"
}
wait_for() { # FILE VALUE
  end=$(($(now) + bound))
  until [ "$(cat "$1")" = "$2" ]; do
    [ "$(now)" -lt "$end" ] || skip "$1 does not become $2"
    sleep "$tick"
  done
}
needs() { # what this plan cannot do without
  for need in "$@"; do
    case $need in
      limit)
        [ -n "$base_xen" ] || skip 'this plan moves the limit of the domain: it needs xl, in the domain of the toolstack'
        give_target_key
        ;;
      veto) [ -w "$inject/MEM_GOING_ONLINE/error" ] || skip 'this plan needs memory notifier error injection (modprobe memory-notifier-error-inject)' ;;
    esac
  done
}

# ── leaving it as it was ──
added=''
vetoed=''
moved_limit=''
watcher=''
finish() {
  trap - EXIT INT TERM
  [ -z "$watcher" ] || kill "$watcher" 2> /dev/null
  veto_end
  echo "$policy" > "$mb/auto_online_blocks"
  echo "$base_kb" > "$xm/target_kb"
  end=$(($(now) + bound))
  until [ "$(cat "$xm/info/current_kb")" -le "$base_kb" ] || [ "$(now)" -ge "$end" ]; do sleep "$tick"; done
  [ -z "$base_max" ] || [ -z "$moved_limit" ] || xl mem-max "$domain" "$((base_max * 4 - 1024))k" > /dev/null
  [ -z "$made_key" ] || xenstore-rm "$key"
  [ -z "$added" ] || echo "# left behind until the guest boots again: memory$(echo "$added" | sed 's/ / memory/g')"
  exit "$1"
}
veto_end() {
  [ -z "$vetoed" ] || echo 0 > "$inject/$vetoed/error"
  vetoed=''
}
# Runs beside the test: gives memory back and ends it before the guest runs out, or when it takes too long.
watch_over() {
  while sleep "$tick"; do
    left_kb=$(memory MemAvailable)
    if [ "$left_kb" -lt "$((reserve_kb / 2))" ]; then
      echo "$base_kb" > "$xm/target_kb"
      echo "Bail out! only $left_kb kB of memory were left"
      break
    fi
    if [ "$(now)" -ge "$1" ]; then
      echo 'Bail out! this takes longer than it may'
      break
    fi
  done
  kill -TERM $$
}
start() { # STEPS
  echo 'KTAP version 1'
  echo "1..$1"
  trap 'finish 1' EXIT INT TERM
  watch_over "$(($(now) + $1 * bound))" &
  watcher=$!
}

# ── acts ──
number=0
failed=0
diverged=''
begin() { # TEXT: false where the rest is skipped
  number=$((number + 1))
  text=$1
  write_failed=0
  retried=0
  if [ -n "$diverged" ]; then
    echo "ok $number $text # SKIP $diverged"
    return 1
  fi
  [ ! -w "$marker" ] || echo "ballast $number: $text" > "$marker"
}
put() { # WORD FILE
  { printf '%s\n' "$1" > "$2"; } 2> /dev/null || write_failed=1
}
target() { # UNITS above the start, or beyond
  if [ "$1" = beyond ]; then
    put "$beyond_kb" "$xm/target_kb"
    return
  fi
  want_kb=$((base_kb + $1 * unit_kb))
  gives_kb=$(($(cat "$xm/info/current_kb") - want_kb))
  if [ "$gives_kb" -gt "$(($(memory MemAvailable) - reserve_kb))" ]; then
    diverged="target $want_kb kB would leave less than $reserve_kb kB of memory"
    return
  fi
  put "$want_kb" "$xm/target_kb"
}
# The limit ends ten pages past a unit, so that it lies in the middle of a call; libxl adds 1 MiB by itself.
limit() { # UNITS above the start
  moved_limit=1
  xl mem-max "$domain" "$((base_kb + $1 * unit_kb + 40 - 1024))k" > /dev/null || write_failed=1
}
auto_online() { put "$1" "$mb/auto_online_blocks"; }
veto() { # MEM_GOING_ONLINE or MEM_GOING_OFFLINE
  put -12 "$inject/$1/error"
  vetoed=$1
}
block() { # K WORD: the Kth block that was added
  find_added
  nth=0
  for one in $added; do
    [ "$nth" != "$1" ] || put "$2" "$mb/memory$one/state"
    nth=$((nth + 1))
  done
}
find_added() {
  for one in $(all_blocks); do
    case " $first_blocks $added " in
      *" $one "*) ;;
      *) added="@{added:+$added }$one" ;;
    esac
  done
}

# ── what must be seen ──
observe() {
  read -r seen_target < "$xm/target_kb"
  read -r seen_current < "$xm/info/current_kb"
  read -r seen_low < "$xm/info/low_kb"
  read -r seen_retry < "$xm/retry_count"
  [ "$seen_retry" -le 1 ] || retried=1
  seen_used=$(($(memory MemTotal) - base_total))
  find_added
  seen_blocks=''
  for one in $added; do seen_blocks="@{seen_blocks:+$seen_blocks }$(cat "$mb/memory$one/state")"; done
}
differs() { # NAME EXPECTED SEEN SLACK
  apart=$(($2 - $3))
  [ "@{apart#-}" -gt "$4" ] || return 1
  why="$1: expected $2 kB, saw $3 kB"
}
disagrees() {
  if [ "$want_target" != beyond ] && differs target_kb "$((base_kb + want_target * unit_kb))" "$seen_target" 0; then return 0; fi
  if differs current_kb "$((base_kb + want_current * unit_kb))" "$seen_current" "$slack"; then return 0; fi
  if differs low_kb "$((want_low * unit_kb))" "$seen_low" "$slack"; then return 0; fi
  if differs 'MemTotal above the start' "$((want_used * unit_kb))" "$seen_used" "$slack"; then return 0; fi
  if [ "$want_blocks" != "$seen_blocks" ]; then
    why="added blocks: expected '$want_blocks', saw '$seen_blocks'"
    return 0
  fi
  return 1
}
# Frames that Xen counts for the domain and no page of the guest has: what was leaked, in kB.
account() {
  counts=$(xen_counts)
  xen=@{counts% *}
  seen_xen=$(((xen - base_xen) * 4))
  orphaned=$((seen_xen - seen_used - want_aside * unit_kb))
}
verdict() { # ok or 'not ok'
  veto_end
  echo "$1 $number $text"
  if [ "$1" != ok ]; then
    failed=1
    diverged='after the first difference nothing can be expected any more'
    echo "# $why"
  fi
  echo "# seen: target_kb=$seen_target current_kb=$seen_current low_kb=$seen_low MemTotal=$((base_total + seen_used)) retry_count=$seen_retry blocks='$seen_blocks'@{xen:+ xen_kb=$((base_xen * 4 + seen_xen)) orphaned_kb=$orphaned}"
  [ -z "$record" ] || "$record" "$number"
}
# expect target T current C low L used U xen X aside A orphaned O blocks 'B B' [slack KB] [gives-up] [fails]
expect() {
  slack=0
  gives_up=''
  want_fails=0
  while [ $# -gt 0 ]; do
    case $1 in
      target) want_target=$2 ;;
      current) want_current=$2 ;;
      low) want_low=$2 ;;
      used) want_used=$2 ;;
      xen) want_xen=$2 ;;
      aside) want_aside=$2 ;;
      orphaned) want_orphaned=$2 ;;
      blocks) want_blocks=$2 ;;
      slack) slack=$2 ;;
      gives-up) gives_up=1 && set -- "$1" "$@" ;;
      fails) want_fails=1 && set -- "$1" "$@" ;;
    esac
    shift 2
  done
  why=''
  xen=''
  if [ -n "$diverged" ]; then
    veto_end
    echo "ok $number $text # SKIP $diverged"
    return
  fi
  observe
  if [ "$write_failed" != "$want_fails" ]; then
    why="the write: expected $([ "$want_fails" = 1 ] && echo an error || echo success), got the other"
    verdict 'not ok'
    return
  fi
  end=$(($(now) + bound))
  while disagrees || { [ -n "$gives_up" ] && { [ "$retried" = 0 ] || [ "$seen_retry" -gt 1 ]; }; }; do
    if [ "$(now)" -ge "$end" ]; then
      why="@{why:-the driver did not give up: retry_count is $seen_retry}"
      verdict 'not ok'
      return
    fi
    why=''
    sleep "$tick"
    observe
  done
  # At rest means that it stays so.
  for _ in 1 2 3; do
    sleep "$tick"
    observe
    if disagrees; then
      why="$why; it did not stay as it was"
      verdict 'not ok'
      return
    fi
  done
  if [ -n "$base_xen" ]; then
    account
    if differs "Xen's count above the start" "$((want_xen * unit_kb))" "$seen_xen" "$slack" || differs 'orphaned frames' "$((want_orphaned * unit_kb))" "$orphaned" "$slack"; then
      verdict 'not ok'
      return
    fi
  fi
  verdict ok
}
done_testing() {
  echo "# totals: $number steps, $([ "$failed" = 0 ] && echo all as the charts say || echo not as the charts say)"
  finish "$failed"
}
`;

export const PRELUDE: string = TEXT.replaceAll('@{', '${');
