// The serial line. `receive` is inline because the frame interrupt takes bytes too, while it waits for an edge.
#pragma once
#include <avr/io.h>
#include "../core/chip.h"
#include "../core/wire.gen.h"
#include "cut.h"
#include "wake.h"

namespace uart {

/** At least the window that the host is told; more where a picture for the strip takes longer. */
constexpr uint16_t ringSize = onUno ? chip::receiveWindow : 256;
constexpr uint8_t ringMask = ringSize - 1;
extern uint8_t ring[ringSize];
extern volatile uint8_t head, tail;
extern volatile uint16_t overruns, frameErrors;

void begin(uint8_t rate);
/** @return false when nothing waits */
bool take(uint8_t &byte);
/** Is this the byte that `take` gives next? */
bool next(uint8_t byte);

static inline __attribute__((always_inline)) void receive() {
  const uint8_t state = UCSR0A;
  uint8_t byte = UDR0;
  if (state & (_BV(FE0) | _BV(DOR0))) {
    if (state & _BV(FE0)) frameErrors++;
    else overruns++;
    byte = chip::lostByte;
  } else if (byte == 0xFF && cut::live) {
    cut::now();
    cut::latched = true;
  }
  const uint8_t at = head;
  const uint8_t next = (at + 1) & ringMask;
  if (next == tail) {
    overruns++;
    ring[(at - 1) & ringMask] = chip::lostByte;
  } else {
    ring[at] = byte;
    head = next;
  }
  wake |= Wake::byte;
}

}  // namespace uart
