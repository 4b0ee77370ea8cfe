#!/bin/sh
# Ends the servers of a launcher that was killed. The launcher holds the other end of standard input for as long as
# it lives, and writes a line for each process group: "+ PID SIGNAL" when it starts one, "- PID" when it has ended it.
# At the end of input the groups that are left are ended, the last started first, by their signal and, if that does
# not suffice within ten seconds, by SIGKILL.

# A dead process that nobody has collected yet still has its number.
is_running() {
  kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null
}

groups=""
while read -r action pid signal; do
  case "$action" in
    +) groups="$pid:$signal $groups" ;;
    -)
      left=""
      for group in $groups; do [ "${group%%:*}" = "$pid" ] || left="$left $group"; done
      groups="$left"
      ;;
  esac
done

for group in $groups; do
  pid="${group%%:*}"
  kill "-${group##*:}" "$pid" 2>/dev/null || continue
  tries=0
  while is_running "$pid" && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -KILL "-$pid" 2>/dev/null
done
