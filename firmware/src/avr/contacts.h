// Treadles, e-stop and hands-in switch: closed to ground, with pull-ups.
#pragma once
#include "map.h"

namespace contacts {

/** Makes inputs of their pins, and sees to it that the main loop looks at them. */
void begin(const PinMap &map);

}  // namespace contacts
