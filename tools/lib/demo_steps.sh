# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # work comes from where this is sourced; the colours are named by ${!colour}
# What tools/demo is made of: programs whose log lines are shown as they come, and things expected to appear there.
# Needs the variable work, a folder of its own.

declare -A pid_of shown_by  # of the programs that were started, and of who shows their lines
happened=()                 # what was seen, for the end

if [[ -t 1 ]]; then
  colour_A=$'\e[36m' colour_B=$'\e[33m' bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  colour_A='' colour_B='' bold='' red='' green='' plain=''
fi

headline() { printf '\n%s== %s%s\n' "$bold" "$1" "$plain"; }

# Keeps each line in the program's log, and shows it with its name in front.
show() {
  local name=$1 line colour=colour_$1
  while IFS= read -r line; do
    { printf '%s\n' "$line" >>"$work/$name.log"; } 2>/dev/null || true
    printf '%s%s%s %s\n' "${!colour}" "$name" "$plain" "$line"
  done
}

# start NAME COMMAND...: in the background; NAME is A or B
start() {
  local name=$1 lines
  shift
  : >"$work/$name.log"
  exec {lines}> >(show "$name")
  shown_by[$name]=$!
  "$@" >&"$lines" 2>&1 </dev/null &
  pid_of[$name]=$!
  exec {lines}>&-
}

# expect NAME SECONDS WHAT REGEX: a line of that program's log says so in time; else the demo has failed
expect() {
  local name=$1 seconds=$2 what=$3 regex=$4 until
  until=$((SECONDS + seconds))
  until grep -qE -- "$regex" "$work/$name.log"; do
    if ((SECONDS > until)); then
      fail "$what: no line of $name says so within $seconds s"
    fi
    sleep 0.1
  done
  happened+=("$what")
}

fail() {
  printf '%sFAILED: %s%s\n' "$red" "$1" "$plain" >&2
  exit 1
}

# stop NAME: SIGTERM, and then it must end by itself with status 0
stop() {
  local name=$1 pid=${pid_of[$1]} status=0 until=$((SECONDS + 15))
  kill -TERM "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS > until)); then
      fail "$name still runs 15 s after SIGTERM"
    fi
    sleep 0.1
  done
  wait "$pid" || status=$?
  if [[ $status != 0 ]]; then
    fail "$name ended with status $status"
  fi
  wait "${shown_by[$name]}" 2>/dev/null || true  # its last lines are shown and kept
  happened+=("$name stopped, status 0")
}

# The first port from the one given on which nobody listens.
free_port() {
  local port=$1
  while [[ -n $(listening_on "$port") ]]; do port=$((port + 1)); done
  echo "$port"
}

# write_config NAME N PORT [LINE]: of number N (1 or 2) of the pair at 127.0.0.1 and 127.0.0.2; LINE is one more of its
# neighbor; the networks come from stdin
write_config() {
  local name=$1 n=$2 port=$3 line=${4:-} other=$((3 - $2))
  {
    cat <<END
[global]
asn = 6500$n
router_id = "10.0.0.$n"
listen = ["127.0.0.$n"]
port = $port
shutdown_text = "$name goes home"
control_socket = "$work/$name.sock"

[[neighbor]]
address = "127.0.0.$other"
port = $port
local_address = "127.0.0.$n"
remote_asn = 6500$other
hold_time = 9
connect_retry_time = 2
families = ["ipv4-unicast", "ipv6-unicast"]
next_hop_ipv6 = "2001:db8:99::$n"
$line

END
    cat
  } >"$work/$name.toml"
}

what_happened() {
  headline "What happened"
  local what
  for what in "${happened[@]}"; do printf '  %sok%s  %s\n' "$green" "$plain" "$what"; done
  echo
}

# However the demo ends: nothing that it started may stay.
clean_up() {
  local name pid until=$((SECONDS + 5))
  for pid in "${pid_of[@]}"; do
    kill -TERM "$pid" 2>/dev/null || true
  done
  for name in "${!pid_of[@]}"; do
    pid=${pid_of[$name]}
    while kill -0 "$pid" 2>/dev/null && ((SECONDS < until)); do sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" "${shown_by[$name]}" 2>/dev/null || true
  done
  rm -rf "$work"
}
