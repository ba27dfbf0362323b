#: DOM0=512M,max:2048M TIMEOUT=200 LOG=none
# What a dom0 has right after boot, and which probes its kernel takes.
trace_on | tee /out/probes.txt
cp "$TRACE/kprobe_events" /out/kprobe_events.txt
cp /proc/kallsyms /out/kallsyms.txt
record boot
xl info
