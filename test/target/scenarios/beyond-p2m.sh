#: MEM=3200 DOM0=3000M,max:3000M LINUX=memmap=600G$4G TIMEOUT=400
# A PV dom0 whose free addresses begin above 512 GiB, where Debian's P2M ends: a section is added there, and its first populate is a BUG.
trace_on
record start
base=$(cat "$XM/target_kb")
owned() { domain_pages 0 | cut -d ' ' -f 1; }
before=$(owned)
dom0_max 3100
target_kb $((base + 8192))
claim 'a section is added' until_true 60 has_offline 1
claim 'beyond the end of the P2M' grep -E '^9[0-9a-f]{9}-.*System RAM' /proc/iomem
record added
block "$(offline_blocks)" online_movable
stopped() { dmesg | grep 'kernel BUG at arch/x86/xen/p2m.c'; }
claim 'the first of its pages to be populated stops the thread in a BUG' until_true 60 stopped
gone() { ! pidof xen-balloon; }
claim 'the thread is gone' until_true 10 gone
claim 'with a batch of frames that Xen has given and no page has' test "$(owned)" = $((before + 512))
trace_save populated
# What follows no chart follows, so it is not traced: a target that would be met at once.
echo 0 > "$TRACE/tracing_on"
target_kb $((base - 8192))
claim 'no target is acted on any more' still 20 "$XM/info/current_kb" "$base"
