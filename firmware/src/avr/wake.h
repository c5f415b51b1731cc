// What tells the sleeping main loop that there is something to do.
#pragma once
#include <stdint.h>

namespace Wake {
enum : uint8_t {
  byte = 1,      // received
  contacts = 2,  // a contact changed, or is to be looked at again
  work = 4,      // a transfer or a write ended, or the send queue ran empty
  frame = 8,     // a frame began
};
}

/** Set by interrupts, cleared by the main loop before it looks around. */
extern volatile uint8_t wake;
