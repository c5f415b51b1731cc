// The settings in the console: $$ $name $name=value $H12=up,down,output,led $B1=clock save load defaults.
#pragma once
#include <stdint.h>

namespace console_settings {

/** What `execute` says besides a Refusal or 0. */
constexpr uint8_t notMine = 0xFF;    // not understood
constexpr uint8_t goesOn = 0xFE;     // the answer comes from `pump`

/** A line that begins with $, which is left out. */
uint8_t execute(const char *line);
/** Waits until what machine::save or machine::load began is written. */
uint8_t whenWritten(uint8_t outcome);
/** Its answer is still to come: until then no other line is read. */
bool busy();
/** Goes on where there is room. @return the outcome when it has come to its end, else `goesOn` */
uint8_t pump();

}  // namespace console_settings
