#!/usr/bin/env bash
# The lab: real Xen and real Linux under emulation, on any x86-64 Debian without KVM and without installing anything of Xen.
#   lab.sh doctor            what is missing here, and how to get it
#   lab.sh build             downloads packages with apt (its configuration, its cache rules), unpacks them, makes the images
#   lab.sh list              the scenarios
#   lab.sh [run] NAME…       boots each, leaves what it recorded in $BALLAST_LAB_OUT/NAME, validates it
#   lab.sh clean             removes the cache
# Settings: BALLAST_LAB (cache), BALLAST_LAB_OUT (results), BALLAST_LAB_KERNEL, BALLAST_LAB_XEN (versions as in package names).
# Exit codes are those of ballast: 0 · 1 a test failed or a log was rejected · 2 a scenario did not come back · 64 usage · 69 a program is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${BALLAST_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/ballast-lab}
out=${BALLAST_LAB_OUT:-$root/reports/generated/lab}
ballast=(node "$root/dist/src/cli/main.js")

say() { printf 'lab: %s\n' "$*" >&2; }
die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# Programs of the host, and the Debian package that has each. busybox and cpio come with the image's own packages.
readonly NEEDED='qemu-system-x86_64:qemu-system-x86 apt-get:apt apt-cache:apt dpkg-deb:dpkg gzip:gzip tar:tar timeout:coreutils flock:util-linux node:nodejs'

missing() {
  local pair
  for pair in $NEEDED; do
    command -v "${pair%%:*}" > /dev/null || echo "$pair"
  done
}

doctor() {
  local bad=0 pair free
  for pair in $(missing); do
    bad=1
    echo "missing  ${pair%%:*}: apt-get install ${pair#*:}"
  done
  [ "$bad" = 1 ] || echo "ok       every program is here"
  [ "$(uname -m)" = x86_64 ] || echo "missing  an x86-64 host: the packages are amd64"
  [ -e "$root/dist/src/cli/main.js" ] || echo "missing  the built command line: npm run build"
  free=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
  if [ "$free" -ge 3600 ]; then echo "ok       $free MiB of memory are free (3600 needed)"; else
    bad=1
    echo "missing  memory: $free MiB are free, 3600 are needed"
  fi
  if [ -e "$cache/img/stamp" ]; then echo "ok       built: $(cat "$cache/img/stamp")"; else echo "missing  the image: npm run lab -- build (about 90 MB to download, 600 MB on disk)"; fi
  [ "$bad" = 0 ] || return 69
}

# ── images ──

kernel_version() {
  [ -z "${BALLAST_LAB_KERNEL:-}" ] || { echo "$BALLAST_LAB_KERNEL" && return; }
  apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: linux-image-\([0-9].*\)$/\1/p' | head -n 1
}
xen_version() {
  [ -z "${BALLAST_LAB_XEN:-}" ] || { echo "$BALLAST_LAB_XEN" && return; }
  apt-cache depends xen-system-amd64 | sed -n 's/.*Depends: xen-hypervisor-\([0-9.]*\)-amd64.*/\1/p' | head -n 1
}

packages() {
  local kernel=$1 xen=$2
  echo "linux-image-$kernel" "xen-hypervisor-$xen-amd64" "xen-utils-$xen" "libxenmisc$xen"
  echo busybox-static libc6 libgcc-s1 xenstore-utils
  echo libxencall1 libxenevtchn1 libxenforeignmemory1 libxengnttab1 libxenstore4 libxentoollog1 libxenhypfs1 libxendevicemodel1 libxentoolcore1
  echo libyajl2 libncurses6 libtinfo6 libnl-3-200 libnl-route-3-200 libuuid1 liblzma5 zlib1g libbz2-1.0 liblzo2-2 libzstd1 libaio1 libfdt1
}

unpack() {
  local kernel=$1 xen=$2 deb names=() name
  mkdir -p "$cache/deb" "$cache/x"
  for name in $(packages "$kernel" "$xen"); do
    compgen -G "$cache/deb/${name}_*.deb" > /dev/null || names+=("$name")
  done
  if [ "${#names[@]}" -gt 0 ]; then
    say "downloading ${#names[@]} packages"
    (cd "$cache/deb" && apt-get download -q -o APT::Sandbox::User=root "${names[@]}" >&2) || die 69 'apt could not download; apt-get update first?'
  fi
  for deb in "$cache"/deb/*.deb; do
    [ -e "$cache/x/.$(basename "$deb")" ] || {
      dpkg-deb -x "$deb" "$cache/x"
      touch "$cache/x/.$(basename "$deb")"
    }
  done
}

archive() { (cd "$1" && find . | LC_ALL=C sort | "$cache/x/bin/busybox" cpio -o -H newc 2> /dev/null); }

# One tree for a domU: busybox, the kit, and a test if there is one.
domu_tree() {
  mkdir -p "$1/bin" "$1/lab"
  cp "$cache/x/bin/busybox" "$1/bin/"
  cp "$here/guest/kit.sh" "$cache/img/probes" "$1/lab/"
  install -m 755 "$here/guest/init-domu" "$1/init"
}

dom0_tree() {
  local tree=$1 kernel=$2 xen=$3 x=$cache/x name file lost
  mkdir -p "$tree"/{bin,lib64,lib/x86_64-linux-gnu,usr/bin,usr/sbin,usr/lib/xen/bin,usr/lib/xen/boot,modules,lab,boot,out,tmp,run,var/log/xen,etc/xen}
  cp "$x/bin/busybox" "$tree/bin/"
  for name in xl xenstored xenconsoled xenconsole xen-init-dom0; do cp "$x/usr/lib/xen-$xen/bin/$name" "$tree/usr/lib/xen/bin/"; done
  ln -s xen "$tree/usr/lib/xen-$xen"
  cp "$x/usr/lib/xen-$xen/boot/xen-shim" "$tree/usr/lib/xen/boot/" 2> /dev/null || true
  cp -a "$x"/usr/bin/xenstore* "$tree/usr/bin/"
  for file in "$x"/lib/x86_64-linux-gnu/*.so* "$x"/usr/lib/x86_64-linux-gnu/*.so* "$x/usr/lib/xen-$xen"/lib/*/*.so*; do
    [ ! -f "$file" ] || cp -L "$file" "$tree/lib/x86_64-linux-gnu/"
  done
  cp -L "$x"/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$tree/lib64/"
  # The image's own loader says whether a library is missing; the host's libraries are never asked.
  for file in "$tree"/usr/lib/xen/bin/* "$tree"/usr/bin/xenstore; do
    lost=$("$tree/lib64/ld-linux-x86-64.so.2" --library-path "$tree/lib/x86_64-linux-gnu" --list "$file" 2>&1 | grep -E 'not found|cannot open' || true)
    [ -z "$lost" ] || say "$(basename "$file"): $lost"
  done
  for name in drivers/xen/xenfs/xenfs drivers/xen/xen-privcmd drivers/xen/xen-evtchn drivers/xen/xen-gntdev drivers/xen/xen-gntalloc \
    drivers/virtio/{virtio,virtio_ring,virtio_pci_legacy_dev,virtio_pci_modern_dev,virtio_pci} drivers/block/virtio_blk \
    drivers/nvdimm/{libnvdimm,nd_e820} drivers/dax/{dax_pmem,kmem} lib/notifier-error-inject lib/memory-notifier-error-inject; do
    cp "$x/lib/modules/$kernel/kernel/$name.ko" "$tree/modules/"
  done
  cp "$cache/img/vmlinuz" "$tree/boot/"
  cp "$here/guest/kit.sh" "$cache/img/probes" "$tree/lab/"
  install -m 755 "$here/guest/init" "$tree/init"
  install -m 755 "$here/guest/record" "$tree/lab/record"
}

build() {
  local kernel xen tree
  [ -z "$(missing)" ] || die 69 'programs are missing; see: npm run lab -- doctor'
  kernel=$(kernel_version)
  xen=$(xen_version)
  [ -n "$kernel" ] || [ -n "$xen" ] || die 69 "apt knows no kernel ('$kernel') or no Xen ('$xen'); apt-get update, or set BALLAST_LAB_KERNEL and BALLAST_LAB_XEN"
  unpack "$kernel" "$xen"
  rm -rf "$cache/img"
  mkdir -p "$cache/img"
  gunzip -c "$cache/x/boot/xen-$xen-amd64.gz" > "$cache/img/xen"
  cp "$cache/x/boot/vmlinuz-$kernel" "$cache/img/vmlinuz"
  node --input-type=module -e "
    const { PROBES, probeDefinition } = await import('$root/dist/src/logs/probes.js');
    for (const probe of PROBES) console.log(probeDefinition(probe, { group: 'lab' }));" > "$cache/img/probes"
  tree=$(mktemp -d "$cache/tree.XXXXXX")
  domu_tree "$tree/domu"
  archive "$tree/domu" > "$cache/img/domu.cpio"
  dom0_tree "$tree/dom0" "$kernel" "$xen"
  archive "$tree/dom0" > "$cache/img/dom0.cpio"
  rm -rf "$tree"
  key > "$cache/img/key"
  echo "Xen $xen, Linux $kernel" > "$cache/img/stamp"
  say "built: $(cat "$cache/img/stamp")"
}

# What the images were made from; another key means that they are made again.
key() { { ls "$cache/deb" 2> /dev/null && cat "$here"/guest/* "$here/lab.sh" "$root/dist/src/logs/probes.js"; } | sha256sum; }
fresh() { [ -e "$cache/img/stamp" ] && [ "$(key)" = "$(cat "$cache/img/key")" ]; }

# ── runs ──

# setting FILE KEY DEFAULT: from the lines `#: KEY=value KEY=value` at the head of a scenario. A value has no blanks.
setting() {
  local found
  found=$(sed -n "s/^#: \(.* \)\{0,1\}$2=\([^ ]*\).*/\2/p" "$1" | head -n 1)
  echo "${found:-$3}"
}

# Generated tests of a scenario, `#: GEN arguments of ballast gen`, become /lab/test-1.sh, /lab/test-2.sh … @NAME@ is the run's own name.
generate() {
  local scenario=$1 into=$2 name=$3 n=0 line
  while read -r line; do
    n=$((n + 1))
    # shellcheck disable=SC2086 # the words of the line
    "${ballast[@]}" gen ${line//@NAME@/$name} -o "$into/test-$n.sh" >&2 || die 1 "ballast gen $line failed"
  done < <(sed -n 's/^#: GEN //p' "$scenario")
}

scripts_of_suite() {
  local folder
  folder=$(mktemp -d)
  "${ballast[@]}" gen tests --out "$folder" || die 1 'ballast gen tests failed'
  (cd "$folder" && for f in suite-*.sh; do echo "${f%.sh}"; done | sort -V)
  rm -rf "$folder"
}

# The scenario behind a name: its own file, or suite.sh for suite-1, suite-2 …
scenario_of() { [ -e "$here/scenarios/$1.sh" ] && echo "$here/scenarios/$1.sh" || echo "$here/scenarios/${1%-*}.sh"; }

boot_one() (
  local name=$1 scenario work result=$out/$1 rc=0 began
  scenario=$(scenario_of "$name")
  work=$(mktemp -d "$cache/run.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/tree/lab" "$work/tree/boot"
  cp "$scenario" "$work/tree/lab/scenario.sh"
  generate "$scenario" "$work/tree/lab" "$name"
  [ "$(setting "$scenario" TOOLSTACK 1)" = 0 ] || touch "$work/tree/lab/toolstack"
  if [ "$(setting "$scenario" DOMU 0)" = 1 ]; then
    if [ -e "$work/tree/lab/test-1.sh" ]; then
      mkdir -p "$work/domu/lab"
      cp "$work/tree/lab/test-1.sh" "$work/domu/lab/test.sh"
      { cat "$cache/img/domu.cpio" && archive "$work/domu"; } > "$work/tree/boot/domu.cpio"
    else cp "$cache/img/domu.cpio" "$work/tree/boot/"; fi
  fi
  { cat "$cache/img/dom0.cpio" && archive "$work/tree"; } > "$work/initrd"
  truncate -s 64M "$work/disk"
  rm -rf "$result"
  mkdir -p "$result"
  began=$(date +%s)
  # No SMAP: emulated, it faults when a PV kernel returns to ring 3. No RDTSCP: Xen cannot emulate it for a PVH guest here. While two
  # domains run, a program now and then dies of SIGSEGV, with FSGSBASE or without; the reason is not known.
  timeout --kill-after=10 "$(setting "$scenario" TIMEOUT 300)" nice -n 5 qemu-system-x86_64 \
    -accel tcg,thread=single -cpu max,-smap,-rdtscp -smp 1 -m "$(setting "$scenario" MEM 3072)" \
    -kernel "$cache/img/xen" \
    -append "dom0_mem=$(setting "$scenario" DOM0 512M,max:512M) console=com1 com1=115200,8n1 loglvl=all guest_loglvl=all sync_console dom0_max_vcpus=$(setting "$scenario" VCPUS 1) noreboot=0" \
    -initrd "$cache/img/vmlinuz console=hvc0 loglevel=7 random.trust_cpu=on $(setting "$scenario" LINUX ''),$work/initrd" \
    -drive "file=$work/disk,if=none,id=d,format=raw,cache=unsafe" -device virtio-blk-pci,drive=d \
    -serial "file:$result/serial.log" -display none -monitor none -net none -no-reboot < /dev/null || rc=$?
  { gzip -dcq "$work/disk" 2> /dev/null || true; } | tar -xf - -C "$result" 2> /dev/null || true
  say "$name: $(($(date +%s) - began)) s, qemu exit $rc"
  [ -e "$result/console.txt" ] || {
    tail -n 20 "$result/serial.log" >&2
    say "$name: nothing came back$([ "$rc" != 124 ] || echo ' before its time was over')"
    return 2
  }
  judge "$name"
)

# A scenario passes if its KTAP has no `not ok` and its log is accepted (or the scenario says LOG=none).
judge() {
  local name=$1 result=$out/$1 bad=0 passed failed skipped
  passed=$(grep -c '^ok ' "$result/console.txt" || true)
  failed=$(grep -c '^not ok ' "$result/console.txt" || true)
  skipped=$(grep -c '^ok .*# SKIP' "$result/console.txt" || true)
  [ "$((passed + failed))" = 0 ] || say "$name: $((passed - skipped)) passed, $failed failed, $skipped skipped"
  grep '^not ok ' "$result/console.txt" >&2 || true
  [ "$failed" = 0 ] || bad=1
  if compgen -G "$result/trace_*.txt" > /dev/null && [ "$(setting "$(scenario_of "$name")" LOG validate)" = validate ]; then
    "${ballast[@]}" validate "$result" > "$result/validate.txt" 2>&1 || bad=1
    say "$name: $(grep -m 1 -E 'accepted|rejected|ambiguous' "$result/validate.txt" || tail -n 1 "$result/validate.txt")"
    # What this guest broke, and the finding behind it.
    sed -n -e '/This guest broke/,/^$/p' -e '/^[A-Za-z0-9-]*, .*: /p' "$result/validate.txt" >&2
    say "$name: on one page: ballast report --log $result"
  fi
  return "$bad"
}

scenarios() { (cd "$here/scenarios" && for f in *.sh; do echo "${f%.sh}"; done); }

run() {
  local name worst=0 rc
  for name in "$@"; do
    [ -e "$(scenario_of "$name")" ] || die 64 "no scenario $name; there are: $(scenarios | tr '\n' ' ')"
  done
  [ -z "$(missing)" ] || die 69 'programs are missing; see: npm run lab -- doctor'
  mkdir -p "$cache"
  exec 9> "$cache/lock"
  flock -n 9 || die 2 'another lab is running'
  fresh || build
  local names=()
  for name in "$@"; do
    if [ "$name" = suite ]; then
      # shellcheck disable=SC2207 # names have no blanks
      names+=($(scripts_of_suite))
    else names+=("$name"); fi
  done
  for name in "${names[@]}"; do
    rc=0
    boot_one "$name" || rc=$?
    [ "$rc" -le "$worst" ] || worst=$rc
  done
  return "$worst"
}

case ${1:-} in
  doctor) doctor ;;
  build) build ;;
  list) for s in $(scenarios); do printf '%-22s %s\n' "$s" "$(sed -n 's/^# //p' "$here/scenarios/$s.sh" | head -n 1)"; done ;;
  clean) rm -rf "$cache" ;;
  run)
    shift
    run "$@"
    ;;
  '' | -* | help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && [ -n "${1:-}" ] || exit 64 ;;
  *) run "$@" ;;
esac
