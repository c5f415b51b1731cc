// Parts the received bytes into Firmata messages and console text, and keeps what is damaged from becoming a command.
#pragma once
#include <stdint.h>

namespace demux {

constexpr uint8_t longestMessage = 96;  // bytes between F0 and F7

/** @return true when something was acted on */
bool take(uint8_t byte);
/** A message was broken: text is discarded until a line ends or the line is quiet. */
void broken();
/** Drops what stands open too long; once a 20 ms frame. */
void frame();
/** Broken messages since boot. */
uint16_t errors();

}  // namespace demux
