// Which outputs the heddles are on: the setting decides, at the start.
#include "../core/outputs.h"
#include "../avr/board.h"
#include "../avr/frame.h"
#include "../core/capacity.h"
#include "pca9685.h"
#include "servos.h"
#include "shift.h"

namespace outputs {
namespace {

bool onBoards() { return board::outputs == Output::pca9685; }
bool onPins() { return board::outputs == Output::pins; }

}  // namespace

void begin() {
  if (onBoards()) pca9685::begin();
  else if (onPins()) servos::off();
  else shift::begin();
}

void prepare() {
  if (onBoards()) pca9685::prepare();
  else if (!onPins()) shift::prepare();
}

bool ready() { return onBoards() ? pca9685::ready() : onPins() ? servos::ready() : shift::ready(); }

void put(uint16_t output, uint16_t width, bool lifted) {
  if (onBoards()) pca9685::put(output, width);
  else if (onPins()) servos::put(output, width);
  else shift::put(output, lifted);
}

uint16_t count() { return onBoards() ? maxBoards * 16 : onPins() ? servos::count : maxRowBytes * 8; }

bool sent() { return onBoards() ? pca9685::sent() : onPins() ? frame::taken() : shift::sent(); }

void pump() {
  if (onBoards()) pca9685::pump();
  else if (!onPins()) shift::pump();
}

void frame() {
  if (onBoards()) pca9685::frame();
}

Loss lost() { return onBoards() ? pca9685::lost() : Loss{Fault::none, 0}; }

void off() {
  if (onBoards()) pca9685::off();
  else if (onPins()) servos::off();
  else shift::off();
}

bool ask(uint8_t address) { return onBoards() && pca9685::ask(address); }
Answer answer() { return pca9685::answer(); }

}  // namespace outputs
