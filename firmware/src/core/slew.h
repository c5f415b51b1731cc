// Heddles that are on their way a step a frame: see the setting move.slew.
#pragma once
#include <stdint.h>

namespace slew {

/** As many move at once as may start in a frame. */
constexpr uint8_t most = 16;

void clear();
/** Every slot is taken. */
bool full();
bool any();
/** A heddle sets out from a width in µs; one that is on its way stays where it is. Not when `full`. */
void begin(uint16_t heddle, uint16_t from);
/** A new frame: each may take a step. */
void frame();
/** The next heddle that may take a step. @return false when there is none */
bool due(uint16_t &heddle);
/** @return where this heddle, as `due` gave it, is after its step towards a width; it is forgotten when it is there */
uint16_t step(uint16_t target, uint16_t most);

}  // namespace slew
