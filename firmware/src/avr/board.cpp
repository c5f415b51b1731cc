// The Arduino's pins: see board.h.
#include "board.h"
#include "../core/chip.h"
#include "../core/settings.h"
#include "contacts.h"
#include "cut.h"
#include "line.h"
#include "map.h"
#include "pin.h"

namespace cut {
volatile bool live, latched, gated, servos;
}

namespace board {
namespace {

PinMap map;

bool isServo(uint8_t number) {
  for (uint8_t i = 0; i < servoPins::servoCount; i++)
    if (pgm_read_byte(servoPins::servos + i) == number) return true;
  return false;
}

void beLow(uint8_t number) {
  pin::write(number, false);
  pin::direct(number, true);
}

}  // namespace

uint8_t outputs;

void configure() {
  outputs = settings::get(Setting::outputs);
  cut::gated = outputs != Output::pins;
  memcpy_P(&map, &pinMaps[outputs], sizeof map);
  if (cut::gated) {
    line::OutputEnable::high();  // before it becomes an output: off all along
    line::OutputEnable::drive();
  } else {
    for (uint8_t i = 0; i < servoPins::servoCount; i++) beLow(pgm_read_byte(servoPins::servos + i));
  }
  if (outputs == Output::pca9685) {
    line::Sda::let();
    line::Scl::let();
  }
  line::Select::drive();
  if (outputs == Output::shift) beLow(map.shiftLatch);
  beLow(map.ledData);
  beLow(map.ledClock);
  contacts::begin(map);
}

void enableOutputs(bool on) {
  if (!cut::gated) return;
  if (on) line::OutputEnable::low();
  else line::OutputEnable::high();
}

}  // namespace board

namespace chip {

void setLive(bool live) { cut::live = live; }

bool stopLatched() {
  const bool was = cut::latched;
  if (was) cut::latched = false;
  return was;
}

bool pinOwned(uint8_t number) {
  if (number < 2) return true;
  if (number == board::map.hands && !settings::get(Setting::handsFitted)) return false;
  const uint8_t *const pins = (const uint8_t *)&board::map;
  for (uint8_t i = 0; i < pinMapSize; i++)
    if (pins[i] == number) return true;
  return number == selectPin || (!cut::gated && board::isServo(number));
}

}  // namespace chip
