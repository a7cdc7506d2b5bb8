#!/bin/bash
# Installs the program that stops an idle instance, and the timer that runs it every minute. The program's text, its
# settings at the head, is in a variable.
set -eu
root=${IDLE_STOP_ROOT:-}
units=$root/etc/systemd/system
program=$root/usr/local/bin/idle-stop
mkdir -p "$units" "${program%/*}"
printf '%s\n' "${idle_stop_program:?}" >"$program"
chmod 755 "$program"

cat >"$units/idle-stop.service" <<UNIT
[Unit]
Description=Stop the notebook instance when it is idle
[Service]
Type=oneshot
ExecStart=$program
UNIT
cat >"$units/idle-stop.timer" <<UNIT
[Unit]
Description=Look whether the notebook instance is idle
[Timer]
OnActiveSec=60
OnUnitActiveSec=60
AccuracySec=5
[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl enable idle-stop.timer
systemctl restart idle-stop.timer
