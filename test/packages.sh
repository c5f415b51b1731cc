#!/usr/bin/env bash
# Installs the Debian packages that the tests need, when they are missing. The one place that names them.
#   gcc-avr avr-libc binutils-avr make  rebuild the firmware and the emulator's own test programs
#   chromium                            the display in a real browser
#   gcc libc6-dev libsimavr-dev         the second opinion on the firmware: a chip on simavr
#   arduino-core-avr avrdude            bootloaders, and what writes through them
#   puredata-core pd-pduino pd-comport  somebody else's Firmata client
#   clang libclang-rt-14-dev            the firmware's core under sanitizers and a fuzzer
#   python3, socat                      ptys: a board in a process of its own, serial ports without hardware
set -u
declare -A gives=(
  [gcc-avr]=avr-gcc
  [binutils-avr]=avr-objcopy
  [avr-libc]=/usr/lib/avr/include/avr/io.h
  [make]=make
  [gcc]=gcc
  [libc6-dev]=/usr/include/stdio.h
  [libsimavr-dev]=/usr/include/simavr/sim_avr.h
  [arduino-core-avr]=/usr/share/arduino/hardware/arduino/avr/bootloaders
  [avrdude]=avrdude
  [chromium]=chromium
  [puredata-core]=pd
  [pd-pduino]=/usr/lib/pd/extra/pduino/arduino.pd
  [pd-comport]=/usr/lib/pd/extra/comport/comport.pd_linux
  [clang]=clang
  [libclang-rt-14-dev]=/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux
  [python3]=python3
  [socat]=socat
)
missing=()
for package in "${!gives[@]}"; do
  gift=${gives[$package]}
  [ -e "$gift" ] || command -v "$gift" >/dev/null 2>&1 || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

say() { printf 'loom tests: %s\n' "$*" >&2; }
command_line="apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null 2>&1; then
  say "these are missing: ${missing[*]}. This is not a Debian system: install what gives ${missing[*]} and run npm test again."
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    say "these packages are missing and only root may install them: run as root: $command_line"
    exit 1
  fi
  as_root=(sudo)
fi
say "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >&2 &&
  "${as_root[@]}" $command_line -qq >&2 || {
  say "could not install ${missing[*]}. Run: $command_line"
  exit 1
}
