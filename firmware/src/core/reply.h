// Frames to the host, packed 7-in-8 as they go out: nothing is buffered but the send queue.
#pragma once
#include <stdint.h>
#include "wire.gen.h"

namespace reply {

/** Longest frame, HELLO: code, fields and CRC packed, with F0 0C F7. */
constexpr uint8_t longest = ((1 + BoardMessageLength::HELLO + 2) * 8 + 6) / 7 + 3;

/** Begins a frame; `seed` starts its CRC. */
void begin(uint8_t code, uint16_t seed);
void u8(uint8_t value);
void u16(uint16_t value);
void end();

}  // namespace reply
