// Hands in the shed: while they are, nothing starts to move. They are taken out where they were put in.
#pragma once
#include <stdint.h>

namespace hands {

enum : uint8_t { byHost = 1, bySwitch = 2 };

/** Who says that hands are in the shed, as bits; 0 = they are out. */
uint8_t in();
/** HOLD of the host. */
void host(bool in);
/** The switch as it is now: hands in counts at once, hands out when it has been open for a while. @return true when it changed */
bool poll(bool closed);

}  // namespace hands
