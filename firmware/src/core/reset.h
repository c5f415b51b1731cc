// Why the board started, as far as memory can tell.
#pragma once
#include <stdint.h>

namespace reset {
/** see ResetCause */
uint8_t cause();
}  // namespace reset
