// What tells the sleeping main loop that there is something to do.
#pragma once
#include <stdint.h>

/** Set by interrupts, cleared by the main loop before it looks around. */
extern volatile uint8_t wake;
