#: DOM0=896M,max:896M TIMEOUT=600 LINUX=memmap=384M!256M
# Memory that another driver adds (dax/kmem on pmem carved out of RAM) goes onto the balloon list when it is onlined, frames and all.
trace_on
record start
base=$(cat "$XM/target_kb")
section=131072
meminfo() { awk -v k="$1:" '$1 == k { print $2 }' /proc/meminfo; }
low() { cat "$XM/info/low_kb"; }
frames() { echo $(($(domain_pages 0 | cut -d ' ' -f 1) * 4)); }

# What ndctl create-namespace --mode=devdax --map=mem and daxctl reconfigure-device --mode=system-ram do.
for m in libnvdimm nd_e820 dax_pmem kmem; do insmod "/modules/$m.ko"; done
nd=/sys/bus/nd
echo 5ba11a57-0000-4000-8000-000000000001 > $nd/devices/dax0.0/uuid
echo ram > $nd/devices/dax0.0/mode
echo namespace0.0 > $nd/devices/dax0.0/namespace
echo dax0.0 > $nd/drivers/dax_pmem/bind
before=$(offline_blocks | wc -l)
mark 'daxctl reconfigure-device --mode=system-ram dax0.0'
echo dax0.0 > /sys/bus/dax/drivers/kmem/new_id
grep -E 'Persistent|kmem|dax' /proc/iomem
claim 'another driver has added two blocks' test "$(offline_blocks | wc -l)" = $((before + 2))
record added

first=$(offline_blocks | head -n 1)
usable=$(meminfo MemTotal)
listed=$(low)
owned=$(frames)
block "$first" online_movable
claim 'the block is online and its pages lie on the balloon list' test "$(low)" = $((listed + section))
claim 'nobody can use it: MemTotal is as it was' test "$(meminfo MemTotal)" = "$usable"
claim 'Xen counts its frames all the while' test "$(frames)" = "$owned"
record online
block "$first" offline
claim 'it cannot be taken offline again, so whoever added it cannot take it out' test "$(cat "$MB/$first/state")" = online

dom0_max 1280
target_kb $((base + section / 2))
claim 'a raise of half a block is met from that list' until_true 60 settled
claim 'Xen has given new frames for it' test "$(frames)" = $((owned + section / 2))
claim 'to pages that had frames: half a block more is usable, and a block and a half have frames' test "$(meminfo MemTotal)" = $((usable + section / 2))
record raised
