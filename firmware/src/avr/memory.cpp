// The RAM between the variables and the stack: painted at the start, so that the deepest stack can be told, and tested.
#include <avr/io.h>
#include <util/atomic.h>
#include "../core/chip.h"

extern uint8_t _end;  // the first byte after the variables

namespace {

constexpr uint8_t paint = 0xC5;
constexpr uint8_t part = 32;    // bytes tested in one go
constexpr uint8_t at = 4;       // of them with interrupts off, which push onto the stack
constexpr uint8_t spared = 64;  // bytes below the stack that the caller may need

bool keeps(volatile uint8_t *byte) {
  const uint8_t was = *byte;
  bool good = true;
  for (uint8_t pattern = 0x55; pattern; pattern = pattern == 0x55 ? 0xAA : 0) {
    *byte = pattern;
    if (*byte != pattern) good = false;
  }
  *byte = was;
  return good;
}

}  // namespace

/** Before the variables are set up; registers only, because there is no stack to speak of yet. */
extern "C" void paintStack() __attribute__((naked, used, section(".init3")));
extern "C" void paintStack() {
  for (uint8_t *byte = &_end; byte <= (uint8_t *)RAMEND; byte++) *byte = paint;
}

namespace chip {

uint16_t memoryFree() { return SP - (uint16_t)&_end; }

uint16_t memoryUntouched() {
  const uint8_t *byte = &_end;
  while (byte < (uint8_t *)SP && *byte == paint) byte++;
  return byte - &_end;
}

bool memoryTest(uint8_t number, bool &good) {
  uint8_t *const from = &_end + number * part;
  if ((uint16_t)from + part + spared > SP) return false;
  good = true;
  for (uint8_t i = 0; i < part; i += at) {
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
      for (uint8_t k = 0; k < at; k++)
        if (!keeps(from + i + k)) good = false;
    }
  }
  return true;
}

}  // namespace chip
