#!/usr/bin/env bash
# tools/lib/packages.sh with a made-up apt-get and dpkg: services are denied while it installs, and only then.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

expect() {  # expect WHAT ACTUAL EXPECTED
  if [[ $2 != "$3" ]]; then
    echo "FAILED: $1: got '$2', expected '$3'"
    failed=1
  fi
}

# The false tools: 'there' is installed, everything else is not; apt-get notes what the policy says while it runs.
mkdir "$work/bin"
cat >"$work/bin/dpkg-query" <<'END'
#!/bin/sh
case "$*" in *there) printf installed ;; *) exit 1 ;; esac
END
cat >"$work/bin/apt-get" <<'END'
#!/bin/sh
case "$*" in
  *--assume-no*) echo "Need to get 1234 kB/2345 kB of archives."; echo "After this operation, 5.6 MB of additional disk space will be used."; exit 1 ;;
  *install*) "$POLICY_RC_D" peer start; echo "$? $*" >>"$WORK/installed"; exit "${APT_RESULT:-0}" ;;
esac
END
for tool in apt-cache dpkg systemctl update-rc.d; do printf '#!/bin/sh\nexit 0\n' >"$work/bin/$tool"; done
# Not root? Then sudo does nothing special here.
printf '#!/bin/sh\nexec "$@"\n' >"$work/bin/sudo"
chmod +x "$work"/bin/*
export PATH="$work/bin:$PATH" POLICY_RC_D="$work/policy-rc.d" WORK="$work" TMPDIR="$work"
# shellcheck source=tools/lib/packages.sh
source "$here/../../tools/lib/packages.sh"

# Nothing is missing: nothing is said, nothing is run.
expect "says nothing" "$(install_missing there)" ""
expect "runs nothing" "$([[ -e $work/installed ]] && echo ran)" ""

# Something is missing: announced with its size, installed alone, denied (101) meanwhile, no policy left behind.
said=$(install_missing there bird2)
expect "announcement" "$said" "Installing 1234 kB to download, 5.6 MB on the disk: bird2"
expect "denied while installing" "$(cut -d' ' -f1 "$work/installed")" 101
expect "only what is missing" "$(grep -c there "$work/installed")" 0
expect "policy removed" "$([[ -e $POLICY_RC_D ]] && echo still there)" ""

# A policy of the machine's own is back afterwards, also when the installation fails.
for result in 0 100; do
  printf '#!/bin/sh\n# mine\nexit 104\n' >"$POLICY_RC_D"
  chmod +x "$POLICY_RC_D"
  rm -f "$work/installed"
  status=0
  APT_RESULT=$result install_missing frr >/dev/null 2>&1 || status=1
  expect "status for apt-get's $result" "$status" "$((result != 0))"
  expect "denied in spite of its own policy" "$(cut -d' ' -f1 "$work/installed")" 101
  expect "its own policy is back" "$(grep -c mine "$POLICY_RC_D")" 1
done

# Listeners are read from /proc: one that was made here is found, and is gone afterwards.
if command -v python3 >/dev/null; then
  found=$(python3 -c '
import socket, subprocess, sys
s = socket.create_server(("127.0.0.1", 0))
call = "source \"$1\"; listening_on \"$2\""
print(subprocess.run(["bash", "-c", call, "-", sys.argv[1], str(s.getsockname()[1])], capture_output=True, text=True).stdout)
' "$here/../../tools/lib/packages.sh")
  expect "a listener on 127.0.0.1" "$found" "0100007F"
fi
expect "no listener on port 1" "$(listening_on 1)" ""

if [[ $failed == 0 ]]; then
  echo "packages.sh: all as expected"
fi
exit "$failed"
