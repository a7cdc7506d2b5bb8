#!/bin/bash
# Stops the notebook instance that it runs on when nothing has happened there for a while. A timer runs it every minute.
#
# It needs bash, curl and the tools that every Linux has, so that it depends on none of the Python environments that
# users of the instance change. Durations are counted on the clock that runs since the instance was booted, so that a
# change of the time of day neither stops an instance that is in use nor keeps an idle one.
set -u
after=${IDLE_STOP_AFTER:?the seconds without activity after which the instance stops}
jupyter=${IDLE_STOP_JUPYTER:-https://localhost:8443}
count_requests=${IDLE_STOP_COUNT_REQUESTS:-0}
files=${IDLE_STOP_FILES:-}
state=${IDLE_STOP_STATE:-/var/lib/idle-stop/state}
log=${IDLE_STOP_LOG:-/var/log/idle-stop.log}
kept=${IDLE_STOP_KEPT:-/home/ec2-user/SageMaker/.idle-stop.log}
running=${LIFECYCLE_RUNNING:-/run/notebook-lifecycle}
metadata=${IDLE_STOP_METADATA:-/opt/ml/metadata/resource-metadata.json}
uptime_file=${IDLE_STOP_UPTIME:-/proc/uptime}
boot_file=${IDLE_STOP_BOOT:-/proc/sys/kernel/random/boot_id}

say() {
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $*" | tee -a "$log"
}

# decide <in use|idle|stop|stop refused> <detail>: notes a decision other than the last one on the volume, since the log is
# gone when the instance has stopped. As the user: what root writes in the user's directory, a link could lead to any file.
decide() {
  local last
  last=$(tail -n 1 "$kept" 2>/dev/null)
  last=${last#* }
  [ "${last%%:*}" = "$1" ] && return
  # shellcheck disable=SC2016
  sudo -n -u ec2-user bash -c 'echo "$2" >>"$1"; [ "$(wc -l <"$1")" -gt 500 ] && tail -n 250 "$1" >"$1.new" && mv "$1.new" "$1"' \
    - "$kept" "$(date -u +%Y-%m-%dT%H:%M:%SZ) $1: $2" 2>/dev/null
}

# The most recent activity that was seen: how many seconds ago, and of what.
age=''
what=''
active() { # <seconds ago> <what>
  local seconds=$(($1 < 0 ? 0 : $1))
  if [ -z "$age" ] || [ "$seconds" -lt "$age" ]; then
    age=$seconds
    what=$2
  fi
}

trouble=''
body=''
# ask <path>: the answer is in body; a feature that the server does not have counts as an empty list.
ask() {
  local answer status
  # Our own looking around must not count as activity: that is what the parameter says.
  answer=$(curl --silent --insecure --max-time 10 --write-out '\n%{http_code}' "$jupyter/api/$1?no_track_activity=1")
  status=${answer##*$'\n'}
  body=${answer%$'\n'*}
  [ "$status" = 404 ] && body='[]'
  # A page instead of an answer is one to log in on.
  if [ "$status" = 404 ] || { [ "$status" = 200 ] && [[ $body == '['* || $body == '{'* ]]; }; then return 0; fi
  trouble="${trouble:+$trouble, }$jupyter/api/$1 did not answer (status $status)"
  return 1
}

# newest <what>: the newest time in the body at which something happened.
newest() {
  local time seconds
  time=$(grep -oE '"last_activity" *: *"[^"]+"' <<<"$body" | grep -oE '[0-9]{4}-[^"]+' | sort | tail -n 1)
  [ -n "$time" ] || return
  seconds=$(date -u -d "$time" +%s 2>/dev/null) || return
  active $(($(date +%s) - seconds)) "$1"
}

look_at_kernels() {
  local busy
  ask kernels || return
  busy=$(grep -oE '"execution_state" *: *"busy"' <<<"$body" | wc -l)
  [ "$busy" -gt 0 ] && active 0 "$((busy)) busy kernel(s)"
  newest 'a kernel'
}

look_at_terminals() {
  ask terminals && newest 'a terminal'
  # Jupyter knows of a terminal only when something is typed or printed there. A program that computes in silence shows here.
  if ps -eLo tty=,stat= 2>/dev/null | awk '$1 ~ /^pts/ && $2 ~ /^[RD]/ { n++ } END { exit n == 0 }'; then
    active 0 'a program in a terminal'
  fi
}

look_at_apps() {
  local file pid
  if [ "$count_requests" = 1 ] && ask status; then newest 'a request'; fi
  while read -r file; do
    [ -e "$file" ] && active $(($(date +%s) - $(stat -c %Y "$file"))) "$file"
  done <<<"$files"
  for file in "$running"/*; do
    [ -f "$file" ] && read -r pid <"$file" && kill -0 "$pid" 2>/dev/null && active 0 "background script ${file##*/}"
  done
}

stop_instance() {
  local name region output
  name=$(sed -n 's/.*"ResourceName" *: *"\([^"]*\)".*/\1/p' "$metadata")
  region=$(sed -n 's/.*"ResourceArn" *: *"arn:[^:]*:[^:]*:\([^:]*\):.*/\1/p' "$metadata")
  if output=$(aws sagemaker stop-notebook-instance --region "$region" --notebook-instance-name "$name" 2>&1); then
    say "stopping $name"
    decide stop "$name was idle for $idle s, the limit is $after s"
  else
    say "$name could not be stopped, will try again: $output"
    decide 'stop refused' "$output"
    return 1
  fi
}

uptime=$(cut -d . -f 1 "$uptime_file")
boot=$(cat "$boot_file")
mkdir -p "$(dirname "$state")"
last_boot='' last=''
[ -f "$state" ] && read -r last_boot last <"$state"
# What was noted before the instance was booted, or cannot be read, says nothing: counting begins now.
if [ "$last_boot" != "$boot" ] || ! [[ $last =~ ^[0-9]+$ ]] || [ "$last" -gt "$uptime" ]; then last=$uptime; fi

look_at_kernels
look_at_terminals
look_at_apps
if [ -n "$age" ] && [ $((uptime - age)) -gt "$last" ]; then last=$((uptime - age)); fi
echo "$boot $last" >"$state.new" && mv "$state.new" "$state"

idle=$((uptime - last))
# A server that does not answer is no activity, and no reason to stop either: idle time goes on from what was seen last.
[ -n "$trouble" ] && say "$trouble"
if [ "$idle" -lt "$after" ]; then
  # A look comes every minute: what was seen since the last one is use.
  if [ -n "$age" ] && [ "$age" -lt 90 ]; then decide 'in use' "$what $age s ago"; else decide idle "for $idle of $after s"; fi
  say "idle for $idle of $after s${what:+, last seen: $what $age s ago}"
else
  say "idle for $idle s, the limit is $after s${what:+, last seen: $what $age s ago}"
  stop_instance
fi
