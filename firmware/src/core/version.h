// The firmware's version, as HELLO, the Firmata report and the console tell it.
#pragma once
#include <stdint.h>

namespace version {
constexpr uint8_t major = 0;
constexpr uint8_t minor = 2;
}  // namespace version
