#!/bin/sh
# container_build.sh SOURCE TARGET: bgpd and bgpc for bgpd/Containerfile, and the list of packages that they run with. A
# tree with a folder "prebuilt" (of `cmake --install`, for /usr) has them already.
set -eu

source=$1 target=$2
mkdir -p "$target"
if [ -d "$source/prebuilt" ]; then
  cp -a "$source/prebuilt/." "$target"
else
  apt-get update
  apt-get install -y --no-install-recommends cmake ninja-build g++ libboost1.81-dev libboost-json1.81-dev \
    libboost-iostreams1.81-dev libpcap0.8-dev libspdlog-dev libtomlplusplus-dev libcli11-dev
  cmake --preset release -S "$source" -B /build -DCMAKE_INSTALL_PREFIX=/usr \
    -DBGP_WERROR=OFF -DBGP_BUILD_TESTS=OFF -DBGP_BUILD_EXAMPLES=OFF
  cmake --build /build --target bgpd bgpc
  DESTDIR=$target cmake --install /build/bgpd --strip
  DESTDIR=$target cmake --install /build/tools/bgpc --strip
fi
mkdir -p "$target/usr/share/doc/bgpd"
echo libboost-json1.81.0 libspdlog1.10 libtomlplusplus3 >"$target/usr/share/doc/bgpd/container_packages"
