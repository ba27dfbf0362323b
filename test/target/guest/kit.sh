# What scenarios are written with, in dom0 and in a domU (busybox ash). Lines printed here are those that src/logs/snapshots.ts reads.
XM=/sys/devices/system/xen_memory/xen_memory0
MB=/sys/devices/system/memory
TRACE=/sys/kernel/tracing
export XM MB TRACE

# The wall clock beside the uptime: xenconsoled puts it before each line of a domU's console too.
wall_clock() { echo "W $(date +%s) up=$(uptime_s)"; }
uptime_s() { read -r up _ < /proc/uptime; echo "$up"; }

# The C xenstored and xenconsoled, without an init system. Domain 0 needs its entries before xl will speak to it.
toolstack_up() {
  mkdir -p /run/xen /run/xenstored /run/lock /var/lib/xen /var/lib/xenstored /var/log/xen/console /etc/xen
  [ -e /var/run ] || ln -s /run /var/run
  echo 'autoballoon="off"' > /etc/xen/xl.conf
  xenstored --pid-file /run/xenstored.pid
  i=0
  until xenstore-read / > /dev/null 2>&1 || [ "$i" -ge 50 ]; do
    i=$((i + 1))
    sleep 0.2
  done
  xen-init-dom0 || echo "LAB: xen-init-dom0 failed"
  xenconsoled --log=all --log-dir=/var/log/xen/console --timestamp=all --pid-file=/run/xenconsoled.pid
  echo "LAB: toolstack up at $(uptime_s)"
}

# The driver's counters and the blocks in one line. The shell's own read, because a fork takes long here.
counters() {
  read -r current < "$XM/info/current_kb"
  read -r target < "$XM/target_kb"
  read -r low < "$XM/info/low_kb"
  read -r high < "$XM/info/high_kb"
  on=0
  off=0
  for b in "$MB"/memory[0-9]*; do
    read -r s < "$b/state"
    if [ "$s" = online ]; then on=$((on + 1)); else off=$((off + 1)); fi
  done
  while read -r key value _; do
    case $key in
      MemTotal:) total=$value ;;
      MemFree:)
        free=$value
        break
        ;;
    esac
  done < /proc/meminfo
  echo "STAT $1 up=$(uptime_s) target_kb=$target current_kb=$current low_kb=$low high_kb=$high blocks_online=$on blocks_offline=$off MemTotal=$total MemFree=$free"
}

# Everything that can be read, without the hypervisor's own counters.
snapshot() {
  echo "=== SNAPSHOT $1 ==="
  wall_clock
  counters "$1"
  for f in "$XM/target" "$XM/retry_count" "$XM/schedule_delay" /proc/sys/xen/balloon/hotplug_unpopulated "$MB/auto_online_blocks"; do
    [ ! -r "$f" ] || echo "F $f = $(cat "$f")"
  done
  for b in "$MB"/memory[0-9]*; do
    echo "B ${b##*/} state=$(cat "$b/state") phys_index=$(cat "$b/phys_index") removable=$(cat "$b/removable") valid_zones=$(cat "$b/valid_zones")"
  done
  grep -E 'System RAM|Xen scratch' /proc/iomem | sed 's/^ */I /'
  grep -E '^(MemTotal|MemFree|MemAvailable):' /proc/meminfo | sed 's/^/M /'
  if [ -e /lab/toolstack ]; then
    xl list | sed 's/^/X /'
    xl info | grep -E '^(total|free)_memory|^outstanding' | sed 's/^/X /'
  fi
}

# nr_pages and max_pages of every domain, from Xen itself (debug key q), whose answer may take a while on a busy host: the last line of
# a dump is the notice to the last VCPU of the last domain.
xen_dump() {
  xl dmesg -c >> /out/xl_dmesg.txt
  xl debug-keys q
  last=$(xl list | awk 'END { print $2 }')
  i=0
  until xl dmesg > /tmp/xl && grep -q "Notifying guest $last:" /tmp/xl || [ "$i" -ge 100 ]; do
    i=$((i + 1))
    sleep 0.2
  done
}
xen_pages() {
  xen_dump
  wall_clock
  grep -E 'General information|nr_pages=' /tmp/xl | sed "s/^/Q $1 /"
}

# Defines every probe that this kernel takes; /lab/probes has one definition a line, made from the parser's own table.
trace_on() {
  : > "$TRACE/kprobe_events"
  echo 8192 > "$TRACE/buffer_size_kb"
  # The clock of /proc/uptime: on a busy host the default one runs seconds ahead of it, and a snapshot has no other time.
  echo boot > "$TRACE/trace_clock"
  while read -r definition; do
    # shellcheck disable=SC2086 # the words of the line
    set -- $definition
    echo "$definition" >> "$TRACE/kprobe_events" 2> /dev/null || echo "PROBE ${1#*:} $2 REFUSED"
  done < /lab/probes
  for e in "$TRACE"/events/lab/*/; do
    case $e in
      # These fire once a page, or for the whole kernel.
      */set_p2m*/ | */adj_managed*/ | */va_upd*/ | */gen_online_page/) ;;
      *) echo 1 > "$e/enable" ;;
    esac
  done
  echo 1 > "$TRACE/tracing_on"
}

# The trace so far becomes one file of the run; record NAME also takes a snapshot and Xen's own view.
steps=0
trace_save() {
  steps=$((steps + 1))
  cp "$TRACE/trace" "/out/trace_${steps}_$1.txt"
  : > "$TRACE/trace"
}
record() {
  trace_save "$1"
  snapshot "$1" >> /out/snapshots.txt
  [ ! -e /lab/toolstack ] || xen_pages "$1" >> /out/snapshots.txt
}

mark() {
  echo "LAB $*" > "$TRACE/trace_marker"
  echo "LAB: $*" | tee -a /out/snapshots.txt
}
target_kb() {
  mark "target_kb <- $1"
  echo "$1" > "$XM/target_kb"
}
block() {
  mark "$2 $1"
  echo "$2" > "$MB/$1/state" && rc=0 || rc=$?
  mark "$2 $1 rc=$rc state=$(cat "$MB/$1/state")"
}
offline_blocks() {
  for b in "$MB"/memory[0-9]*; do
    read -r s < "$b/state"
    [ "$s" != offline ] || echo "${b##*/}"
  done | sort -V
}

# xl refuses mem-max for domain 0 until somebody has written its target to xenstore; the kernel watches that key, so write what is true.
dom0_max() {
  xenstore-read /local/domain/0/memory/target > /dev/null 2>&1 || xenstore-write /local/domain/0/memory/target "$(cat "$XM/target_kb")"
  xl mem-max 0 "$1"
  mark "xl mem-max 0 $1"
}

# until_true SECONDS COMMAND: waits for the command, never longer.
until_true() {
  left=$(($1 * 5))
  shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || {
      echo "LAB: gave up waiting for $*"
      return 1
    }
    sleep 0.2
  done
}
settled() { [ "$(cat "$XM/info/current_kb")" = "$(cat "$XM/target_kb")" ]; }

# The generated tests of this scenario, traced; after each step /lab/record takes a snapshot.
run_tests() {
  insmod /modules/notifier-error-inject.ko
  insmod /modules/memory-notifier-error-inject.ko
  trace_on
  record start
  for test in /lab/test-*.sh; do
    BALLAST_TICK=0.3 BALLAST_RECORD=/lab/record sh "$test"
    echo "LAB: ${test##*/} exit $?"
  done
  record end
}

# For windows tried by hand: one KTAP line per claim.
claims=0
claim() { # TEXT COMMAND…
  claim_text=$1
  shift
  claims=$((claims + 1))
  if "$@"; then claim_word=ok; else claim_word='not ok'; fi
  echo "$claim_word $claims $claim_text" | tee -a /out/claims.txt
  counters "claim$claims" | sed 's/^/# /'
  [ "$claim_word" = ok ]
}
# still SECONDS FILE VALUE: whether the file says so all that time.
still() {
  # The shell's own read, and the clock: emulation may kill a program, a sleep too.
  read -r up _ < /proc/uptime
  end=$((${up%.*} + $1))
  while [ "${up%.*}" -lt "$end" ]; do
    read -r now < "$2"
    [ "$now" = "$3" ] || return 1
    sleep 0.5
    read -r up _ < /proc/uptime
  done
}
# The driver backed off and gave the order up: its retry count rose and fell back.
gave_up() {
  until_true 60 retrying && until_true 60 given_up
}
retrying() { [ "$(cat "$XM/retry_count")" -gt 1 ]; }
given_up() { [ "$(cat "$XM/retry_count")" = 1 ]; }
has_offline() { [ "$(offline_blocks | wc -l)" -ge "$1" ]; }
domain_pages() { # DOMAIN: nr_pages and max_pages
  xen_dump
  awk -v d="$1:" '/General information for domain/ { at = $NF } /nr_pages=/ && at == d { n = $0 } END { print n }' /tmp/xl |
    sed 's/.*nr_pages=\([0-9]*\).*max_pages=\([0-9]*\).*/\1 \2/'
}

# A paused domU of this type, 512 MiB, that says on its console how far it is; what else its command line should say.
domu_create() { # TYPE [WORDS]
  cat > /etc/xen/u.cfg << CFG
name="u"
type="$1"
kernel="/boot/vmlinuz"
ramdisk="/boot/domu.cpio"
memory=512
maxmem=512
vcpus=1
tsc_mode="native"
extra="console=hvc0 loglevel=5 $2"
CFG
  mark 'xl create'
  xl create -p /etc/xen/u.cfg
  u=$(xl domid u)
}
domu_says() { grep -q "$1" "$log"; }
log=/var/log/xen/console/guest-u.log

# A domU of this type runs the generated test; then what only the toolstack can do to it.
domu_windows() {
  trace_on
  # Pages on dom0's list, and the sysctl that should make grant mappings use them or hotplug (W3a, W3h).
  target_kb $(($(cat "$XM/target_kb") - 65536))
  until_true 60 settled
  echo 1 > /proc/sys/xen/balloon/hotplug_unpopulated
  record start
  domu_create "$1" lab.go=1
  claim 'the domU has what it was given' test "$(domain_pages "$u" | cut -d ' ' -f 1)" -ge 131072
  xl unpause u
  claim 'the domU comes up' until_true 300 domu_says 'DOMU: up' || tail -n 40 "$log"
  # Not before its driver has read static-max: a guest that is not PV takes its offset from it (see the scenario first-look).
  xl mem-max u 1024
  pages_before=$(domain_pages "$u")
  # The guest waits for another target and the first one again before its test begins.
  xenstore-write "/local/domain/$u/memory/target" 523264
  until_true 60 domu_says 'DOMU: called'
  record called
  xenstore-write "/local/domain/$u/memory/target" 524288
  claim 'the generated test ends in the domU' until_true 500 domu_says 'DOMU: test exit' || tail -n 40 "$log"
  claim 'and every act came out as the charts say' domu_says 'DOMU: test exit 0'
  pages_after=$(domain_pages "$u")
  record after-the-test
  echo "# domU by Xen: nr_pages and max_pages $pages_before before, $pages_after after"
  sed -n 's/^\[[^]]*\] \(\(not \)\{0,1\}ok [0-9].*\|# .*\|1\.\..*\|Bail out.*\|DOMU: .*\)/\1/p' "$log" | tr -d '\r' | sed 's/^ok /ok domU /; s/^not ok /not ok domU /'
  claim 'W3a, W3h: with XEN_UNPOPULATED_ALLOC the sysctl has no effect: nobody asks for ballooned pages' sh -c "! grep -q 'alloc_ballooned:' $TRACE/trace /out/trace_*"
  # W3g: libxl lowers the limit, then tells the guest. One that is slow stands above its limit.
  xl pause u
  xl mem-set u 448
  low=$(domain_pages "$u")
  echo "# W3g: nr_pages and max_pages $low"
  claim 'W3g: the limit falls below what the domain has before it knows' test "${low% *}" -gt "${low#* }"
  xl unpause u
  # I-35: a target that libxl refuses changes nothing.
  max_before=$(domain_pages "$u" | cut -d ' ' -f 2)
  claim 'I-35: mem-set above static-max is refused' sh -c '! xl mem-set u 4096'
  claim 'I-35: and the limit is as it was' test "$(domain_pages "$u" | cut -d ' ' -f 2)" = "$max_before"
  record end
  cp "$log" /out/domu_console.txt
  xl destroy u
}
