// Treadles, e-stop and hands-in switch: see contacts.h.
#include "contacts.h"
#include <avr/interrupt.h>
#include "../core/chip.h"
#include "pin.h"
#include "wake.h"

namespace contacts {
namespace {

struct Contact {
  volatile uint8_t *in;
  uint8_t mask;
};
Contact all[4];  // in the order of chip's bits

void add(uint8_t place, uint8_t number) {
  pin::direct(number, false);
  pin::write(number, true);
  const pin::Port p = pin::port(number);
  all[place] = {p.in, p.mask};
#ifndef __AVR_ATmega2560__
  if (number < 8) PCMSK2 |= p.mask;
  else if (number < 14) PCMSK0 |= p.mask;
  else PCMSK1 |= p.mask;
#endif
}

}  // namespace

void begin(const PinMap &map) {
#ifndef __AVR_ATmega2560__
  PCMSK0 = PCMSK1 = PCMSK2 = 0;
#endif
  add(0, map.treadle);
  add(1, map.back);
  add(2, map.estop);
  add(3, map.hands);
#ifndef __AVR_ATmega2560__  // few of the Mega's pins can interrupt: there the frame looks every millisecond
  PCICR = _BV(PCIE0) | _BV(PCIE1) | _BV(PCIE2);
#endif
}

}  // namespace contacts

#ifndef __AVR_ATmega2560__
ISR(PCINT0_vect) { wake |= Wake::contacts; }
ISR(PCINT1_vect, ISR_ALIASOF(PCINT0_vect));
ISR(PCINT2_vect, ISR_ALIASOF(PCINT0_vect));
#endif

namespace chip {

uint8_t contacts() {
  uint8_t closed = 0, bit = 1;
  for (const contacts::Contact &contact : contacts::all) {
    if (!(*contact.in & contact.mask)) closed |= bit;
    bit <<= 1;
  }
  return closed;
}

}  // namespace chip
