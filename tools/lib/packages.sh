# shellcheck shell=bash
# Debian packages: what is missing, how big it is, and installing it without starting a service.
# Sourced by tools/check and tools/demo; needs bash, coreutils and apt only.
#
#   install_missing PACKAGE...    says what it will install and how many MB, then does it; silent when all is there
#   listening_on PORT             the local addresses, one a line, on which somebody listens

# What a build of bgpd needs, what the tests need beside it, and the daemons that the interop tests speak with, some
# of them in containers, with what runs these.
# shellcheck disable=SC2034  # used where this file is sourced
BUILD_PACKAGES=(cmake ninja-build g++ libboost1.81-dev libspdlog-dev libtomlplusplus-dev libboost-json1.81-dev
  libcli11-dev libboost-iostreams1.81-dev libpcap0.8-dev)
# shellcheck disable=SC2034
TEST_PACKAGES=(ccache clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev llvm-19 libgtest-dev libgmock-dev
  libbenchmark-dev python3 iproute2 procps scdoc mandoc dpkg-dev pkg-config)
# shellcheck disable=SC2034
CONTAINER_PACKAGES=(podman containernetworking-plugins runc)
# shellcheck disable=SC2034
PEER_PACKAGES=(bird2 frr gobgpd openbgpd exabgp "${CONTAINER_PACKAGES[@]}" debootstrap python3-yaml)

# Where Debian's invoke-rc.d and deb-systemd-invoke ask whether a service may be started (tests put it elsewhere).
: "${POLICY_RC_D:=/usr/sbin/policy-rc.d}"

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

can_be_root() { [[ $(id -u) == 0 ]] || command -v sudo >/dev/null; }

missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 "$@"
}

# Reads /proc, for a small system has no ss. Port and address are hexadecimal there, state 0A is LISTEN.
listening_on() {
  local port _ local_address state
  port=$(printf '%04X' "$1")
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ local_address _ state _; do
    if [[ $state == 0A && ${local_address##*:} == "$port" ]]; then
      echo "${local_address%:*}"
    fi
  done | sort -u
}

# "92.1 MB to download, 396 MB on the disk", as apt reckons with everything that comes along.
size_of_packages() {
  local line download="? MB" disk="? MB"
  while read -r line; do
    case $line in
      "Need to get "*)
        download=${line#Need to get }
        download=${download%% of archives*}
        download=${download%%/*}
        ;;
      "After this operation, "*)
        disk=${line#After this operation, }
        disk=${disk%% of additional*}
        ;;
    esac
  done < <(LC_ALL=C apt-get install --no-install-recommends --assume-no -o Debug::NoLocking=1 "$@" 2>/dev/null || true)
  echo "$download to download, $disk on the disk"
}

update_lists_if_needed() {
  if ! apt-cache show --no-all-versions "$@" >/dev/null 2>&1; then
    echo "Fetching the package lists (apt-get update)"
    apt_get update >/dev/null
  fi
}

deny_services() {
  if [[ -e $POLICY_RC_D && ! -e $POLICY_RC_D.before-libbgp ]]; then
    as_root mv "$POLICY_RC_D" "$POLICY_RC_D.before-libbgp"
  fi
  printf '#!/bin/sh\n# by libbgp, while it installs packages: no service may start\nexit 101\n' |
    as_root tee "$POLICY_RC_D" >/dev/null
  as_root chmod 755 "$POLICY_RC_D"
}

allow_services() {
  as_root rm -f "$POLICY_RC_D"
  if [[ -e $POLICY_RC_D.before-libbgp ]]; then
    as_root mv "$POLICY_RC_D.before-libbgp" "$POLICY_RC_D"
  fi
}

# A package enables its services for the next boot; those that have just come must not run then either.
disable_services_of() {
  local package path
  for package in "$@"; do
    { dpkg -L "$package" 2>/dev/null || true; } | while read -r path; do
      case $path in
        */systemd/system/*.service)
          if command -v systemctl >/dev/null; then
            as_root systemctl disable --quiet "${path##*/}" 2>/dev/null || true
          fi
          ;;
        /etc/init.d/*)
          if command -v update-rc.d >/dev/null; then
            as_root update-rc.d "${path##*/}" disable >/dev/null 2>&1 || true
          fi
          ;;
      esac
    done
  done
}

# One line a package on a terminal, overwritten by the next; all of it in the log.
show_progress() {
  local log=$1 line
  while read -r line; do
    echo "$line" >>"$log"
    if [[ -t 1 ]]; then
      case $line in
        "Get:"* | "Unpacking "* | "Setting up "*) printf '\r\033[K  %.100s' "$line" ;;
      esac
    fi
  done
  if [[ -t 1 ]]; then
    printf '\r\033[K'
  fi
}

install_missing() {
  local missing before after log
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then
    return 0
  fi
  if ! can_be_root; then
    echo "These packages are missing, and there is neither root nor sudo to install them. Run as root:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    return 1
  fi
  update_lists_if_needed "${missing[@]}"
  echo "Installing $(size_of_packages "${missing[@]}"): ${missing[*]}"
  before=$(listening_on 179)
  log=$(mktemp "${TMPDIR:-/tmp}/libbgp-apt.XXXXXX")
  if ! install_without_services "$log" "${missing[@]}"; then
    tail -n 20 "$log" >&2
    echo "apt-get install failed; all it said is in $log" >&2
    return 1
  fi
  rm -f "$log"
  after=$(listening_on 179)
  if [[ $before != "$after" ]]; then
    echo "Port 179 has other listeners than before the installation: a service was started" >&2
    return 1
  fi
}

# A subshell, so that its trap takes the denial back however it ends.
install_without_services() (
  set -o pipefail
  log=$1
  shift
  trap allow_services EXIT
  trap 'exit 130' INT TERM
  deny_services
  apt_get install --no-install-recommends "$@" 2>&1 | show_progress "$log" || exit 1
  disable_services_of "$@"
)
