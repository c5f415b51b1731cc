// The Uno's pins: see board.h.
#include "board.h"
#include <avr/interrupt.h>
#include "../core/chip.h"
#include "../core/pins.h"
#include "../core/settings.h"
#include "cut.h"
#include "pin.h"
#include "wake.h"

namespace cut {
volatile bool live, latched, boards, servos;
}

namespace {

uint8_t forward, back, stop;

void contact(uint8_t number) {
  pin::direct(number, false);
  pin::write(number, true);
  const pin::Port p = pin::port(number);
  if (number < 8) PCMSK2 |= p.mask;
  else if (number < 14) PCMSK0 |= p.mask;
  else PCMSK1 |= p.mask;
}

bool isServo(uint8_t number) {
  for (uint8_t i = 0; i < uno12::servoCount; i++)
    if (pgm_read_byte(uno12::servos + i) == number) return true;
  return false;
}

}  // namespace

ISR(PCINT0_vect) { wake |= Wake::contacts; }
ISR(PCINT1_vect) { wake |= Wake::contacts; }
ISR(PCINT2_vect) { wake |= Wake::contacts; }

namespace board {

void configure() {
  cut::boards = settings::get(Setting::outputs) == Output::pca9685;
  PCMSK0 = PCMSK1 = PCMSK2 = 0;
  if (cut::boards) {
    PORTD |= _BV(5);  // high before it becomes an output: off all along
    DDRD |= _BV(5);
    DDRC &= ~(_BV(4) | _BV(5));
    DDRB |= _BV(2);  // the SPI stays master only while its select pin is an output
    forward = exhibition40::treadle;
    back = exhibition40::back;
    stop = exhibition40::estop;
  } else {
    for (uint8_t i = 0; i < uno12::servoCount; i++) {
      const uint8_t number = pgm_read_byte(uno12::servos + i);
      pin::write(number, false);
      pin::direct(number, true);
    }
    forward = uno12::treadle;
    back = uno12::back;
    stop = uno12::estop;
  }
  contact(forward);
  contact(back);
  contact(stop);
  PCICR = _BV(PCIE0) | _BV(PCIE1) | _BV(PCIE2);
}

void enableBoards(bool on) {
  if (!cut::boards) return;
  if (on) PORTD &= ~_BV(5);
  else PORTD |= _BV(5);
}

}  // namespace board

namespace chip {

uint8_t contacts() {
  // Written out for both maps, because it is looked at all the time.
  const uint8_t low = cut::boards ? ~PIND : ~PINC;
  uint8_t closed = 0;
  if (low & (cut::boards ? _BV(2) : _BV(3))) closed |= treadle;
  if (low & _BV(4)) closed |= chip::back;
  if (low & (cut::boards ? _BV(3) : _BV(5))) closed |= estop;
  return closed;
}

void configure() {
  pins::reset();  // a pin that the loom takes over must not go on with what a client made of it
  board::configure();
}

void setLive(bool live) { cut::live = live; }

bool stopLatched() {
  const bool was = cut::latched;
  if (was) cut::latched = false;
  return was;
}

bool pinOwned(uint8_t number) {
  if (number < 2 || number == 11 || number == 13 || number == forward || number == ::back || number == stop) return true;
  if (!cut::boards) return isServo(number);
  return number == exhibition40::oe || number == exhibition40::sda || number == exhibition40::scl || number == 10;
}

}  // namespace chip
