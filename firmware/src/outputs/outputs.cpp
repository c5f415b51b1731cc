// Which outputs the heddles are on: the setting decides.
#include "../core/outputs.h"
#include "../avr/cut.h"
#include "../avr/frame.h"
#include "pca9685.h"
#include "servos.h"

namespace outputs {

void begin() {
  if (cut::boards) pca9685::begin();
  else servos::enable(false);
}

void prepare() {
  if (cut::boards) pca9685::prepare();
}

bool ready() {
  if (cut::boards) return pca9685::ready();
  if (cut::servos) servos::enable(true);
  return !cut::servos;
}

void put(uint8_t heddle, uint16_t width) { cut::boards ? pca9685::put(heddle, width) : servos::put(heddle, width); }

bool sent() { return cut::boards ? pca9685::sent() : frame::taken(); }

void pump() {
  if (cut::boards) pca9685::pump();
}

void frame() {
  if (cut::boards) pca9685::frame();
}

bool lost() { return cut::boards && pca9685::lost(); }

void off() { cut::boards ? pca9685::off() : servos::enable(false); }

}  // namespace outputs
