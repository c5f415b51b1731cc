// What a PCA9685 must be told for a pulse, from the frequency of its oscillator (datasheet, revision 4, sections 7.3.3, 7.3.5).
#pragma once
#include <stdint.h>

namespace pulse {

/** For the frequency nearest to 50 Hz. @param clock kHz */
inline uint8_t prescale(uint16_t clock) { return (clock * 5UL + 512) / 1024 - 1; }

/** @param width µs @param clock kHz @return counts, to the nearest */
inline uint16_t counts(uint16_t width, uint16_t clock) {
  const uint32_t perCount = (prescale(clock) + 1) * 1000UL;
  return ((uint32_t)width * clock + perCount / 2) / perCount;
}

}  // namespace pulse
