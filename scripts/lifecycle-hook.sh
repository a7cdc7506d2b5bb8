#!/bin/bash
# The head of a lifecycle hook that is composed of several scripts. Calls of run_script follow it, each with one of the
# scripts on its standard input. A script that fails ends the hook with its own exit status, and its name is said.
set -u
# The PATH that the service gives to a hook lacks /usr/local and /bin.
export PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
scripts=${LIFECYCLE_DIR:-/var/lib/notebook-lifecycle}
logs=${LIFECYCLE_LOGS:-/var/log/notebook-lifecycle}
# What is in here is gone after a reboot, as are the scripts that it tells of.
running=${LIFECYCLE_RUNNING:-/run/notebook-lifecycle}
# The volume: what is elsewhere is gone when the instance has stopped.
kept=${LIFECYCLE_KEPT:-/home/ec2-user/SageMaker/.notebook-lifecycle}
mkdir -p "$scripts" "$logs" "$running" || exit

# run_script <hook> <number> <total> <name> <foreground|background>
run_script() {
  local label="$1 script $2 of $3, '$4'," file="$scripts/$1-$2-$4" log="$logs/$1-$2-$4.log" status
  local -a command=(/bin/bash "$file")
  cat >"$file" && chmod 700 "$file" || exit
  # A script in another language names its interpreter.
  if [ "$(head -c 2 "$file")" = '#!' ]; then command=("$file"); fi
  # A new file: what still copies the log of the run before would take the lines of this run as well.
  rm -f "$log"
  if [ "$5" = background ]; then
    echo "$label runs in the background, its log is $log"
    in_background "$label" "$running/$1-$2-$4" "${command[@]}" >"$log" 2>&1 </dev/null &
    return
  fi
  echo "$label runs, its log is $log"
  SECONDS=0
  : >"$log"
  # Not through a pipe: a daemon that the script leaves behind would keep the pipe, and the hook, open.
  "${command[@]}" >"$log" 2>&1 </dev/null &
  tail -s 0.1 --pid=$! -n +1 -f "$log"
  wait $!
  status=$?
  if [ $status -ne 0 ]; then
    echo "$label failed with exit status $status after $SECONDS s, its log is $log" >&2
    exit $status
  fi
  echo "$label took $SECONDS s"
}

# in_background <label> <file that holds the process id while it runs> <command...>
in_background() {
  trap '' HUP
  local status
  SECONDS=0
  echo "$BASHPID" >"$2"
  keep_log "$logs/${2##*/}.log" $BASHPID
  "${@:3}"
  status=$?
  rm -f "$2"
  echo "$1 ended with exit status $status after $SECONDS s"
}

# keep_log <file> <process id>: copies what the process writes to a log, up to 1 MiB, to the volume; the log of the run
# before stays beside it. The directory is the user's: what root writes there, a link could lead to any file.
# shellcheck disable=SC2016
keep_log() {
  tail -s 1 --pid="$2" -n +1 -f "$1" 2>/dev/null | sudo -n -u ec2-user bash -c '
    file="$1/$2"
    mkdir -p "$1"
    if [ -e "$file" ]; then mv -f "$file" "$file.before"; fi
    ulimit -f 1024
    exec cat >"$file"
  ' - "$kept" "${1##*/}" >/dev/null 2>&1 &
}
