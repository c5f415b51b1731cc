// The free pins, as Firmata sees them: see pins.h. Where the protocol is silent they do as StandardFirmata 2.5 does.
#include "pins.h"
#include "chip.h"
#include "gpio.h"

namespace pins {
namespace {

constexpr uint16_t leastAngle = 544, mostAngle = 2400;      // µs at 0° and 180°, as the Arduino library has them
constexpr uint16_t shortest = 400, longest = 2700;          // µs that a pulse may last, whatever a client says
constexpr uint8_t noChannel = 0xFF;

uint16_t reported;            // ports, as bits
uint16_t unsaid;              // ports to be reported even without a change
uint8_t lastBits[ports];
uint16_t analogReported;      // channels, as bits
uint8_t channelNow = noChannel;
bool measuring;

bool digital(uint8_t pin) { return gpio::pins[pin].mode == input || gpio::pins[pin].mode == pullUp; }

bool isAnalog(uint8_t pin) { return pin >= gpio::firstAnalog && pin < gpio::firstAnalog + gpio::channels; }

uint8_t bitsOf(uint8_t port) {
  uint8_t bits = 0;
  for (uint8_t i = 0; i < 8; i++) {
    const uint8_t pin = port * 8 + i;
    if (free(pin) && digital(pin) && gpio::read(pin)) bits |= 1 << i;
  }
  return bits;
}

int8_t step(uint16_t width, uint16_t from) {
  const int16_t steps = ((int16_t)width - (int16_t)from) / 4;
  return steps < -128 ? -128 : steps > 127 ? 127 : steps;
}

uint16_t widthOf(const gpio::Pin &pin, uint16_t value) {
  const int16_t least = leastAngle + pin.least * 4, most = mostAngle + pin.most * 4;
  int16_t width;
  if (value < leastAngle) width = least + (int32_t)(most - least) * (value > 180 ? 180 : value) / 180;
  else width = value > 0x3FFF ? 0x3FFF : value;
  const int16_t low = least < most ? least : most, high = least < most ? most : least;
  if (width < low) width = low;
  if (width > high) width = high;
  return width < (int16_t)shortest ? shortest : width > (int16_t)longest ? longest : width;
}

/** The next reported channel, from this one on. */
void measureFrom(uint8_t channel) {
  while (channel < gpio::channels) {
    const uint8_t pin = gpio::firstAnalog + channel;
    if (analogReported >> channel & 1 && free(pin) && gpio::pins[pin].mode == analog) {
      channelNow = channel;
      measuring = true;
      return gpio::measure(channel);
    }
    channel++;
  }
  channelNow = noChannel;
}

}  // namespace

void reset() {
  reported = unsaid = analogReported = 0;
  for (uint8_t pin = 0; pin < gpio::count; pin++) {
    gpio::Pin &p = gpio::pins[pin];
    p.least = p.most = 0;
    p.mode = free(pin) ? input : ignored;
    if (p.mode == ignored) continue;
    if (gpio::can(pin, pwm)) gpio::setPwm(pin, 0);
    gpio::setServo(pin, 0);
    gpio::direct(pin, false);
    gpio::write(pin, false);
    if (can(pin, analog)) p.mode = analog;
  }
}

void frame() {
  static uint8_t looked;
  if (++looked >= gpio::count) looked = 0;
  gpio::Pin &p = gpio::pins[looked];
  if (free(looked)) {
    if (p.mode == ignored) p.mode = input;
  } else if (p.mode != ignored) {
    if (p.mode == pwm) gpio::setPwm(looked, 0);
    if (p.mode == servo) gpio::setServo(looked, 0);
    gpio::direct(looked, false);
    gpio::write(looked, true);  // what a setting takes is a contact, to ground
    p.mode = ignored;
  }
}

bool free(uint8_t pin) { return pin < gpio::count && !chip::pinOwned(pin); }

bool can(uint8_t pin, uint8_t mode) { return free(pin) && (mode != analog || isAnalog(pin)) && gpio::can(pin, mode); }

bool setMode(uint8_t pin, uint8_t mode) {
  if (!can(pin, mode)) return false;
  gpio::Pin &p = gpio::pins[pin];
  if (p.mode == servo && mode == servo) return true;  // a pulse in progress stays whole
  if (p.mode == servo) gpio::setServo(pin, 0);
  if (p.mode == pwm) gpio::setPwm(pin, 0);
  p.mode = mode;
  const bool driven = mode == output || mode == pwm || mode == servo;
  if (!driven) gpio::direct(pin, false);
  gpio::write(pin, mode == pullUp);
  if (driven) gpio::direct(pin, true);
  if (isAnalog(pin)) reportAnalog(pin - gpio::firstAnalog, mode == analog);
  return true;
}

uint8_t mode(uint8_t pin) { return gpio::pins[pin].mode; }

uint16_t value(uint8_t pin) {
  switch (gpio::pins[pin].mode) {
    case servo: return gpio::servo(pin);
    case pwm: return gpio::pwm(pin);
    default: return gpio::written(pin);
  }
}

void writeDigital(uint8_t pin, bool high) {
  if (!free(pin)) return;
  const uint8_t mode = gpio::pins[pin].mode;
  if (mode == output || (mode == input && high)) gpio::write(pin, high);
}

void writePort(uint8_t port, uint8_t bits) {
  if (port >= ports) return;
  for (uint8_t i = 0; i < 8; i++) writeDigital(port * 8 + i, bits >> i & 1);
}

void write(uint8_t pin, uint16_t value) {
  if (!free(pin)) return;
  const gpio::Pin &p = gpio::pins[pin];
  if (p.mode == servo) gpio::setServo(pin, widthOf(p, value));
  if (p.mode == pwm) gpio::setPwm(pin, value > 255 ? 255 : value);
}

bool setServoRange(uint8_t pin, uint16_t least, uint16_t most) {
  if (!setMode(pin, servo)) return false;
  gpio::pins[pin].least = step(least, leastAngle);
  gpio::pins[pin].most = step(most, mostAngle);
  return true;
}

void reportPort(uint8_t port, bool on) {
  if (port >= ports) return;
  const uint16_t bit = 1 << port;
  if (on) {
    reported |= bit;
    unsaid |= bit;
  } else reported &= ~bit;
}

void reportAnalog(uint8_t channel, bool on) {
  if (channel >= gpio::channels) return;
  if (on) analogReported |= 1 << channel;
  else analogReported &= ~(1 << channel);
}

bool portChanged(uint8_t port, uint8_t &bits) {
  const uint16_t bit = 1 << port;
  if (!(reported & bit)) return false;
  bits = bitsOf(port);
  if (bits == lastBits[port] && !(unsaid & bit)) return false;
  unsaid &= ~bit;
  lastBits[port] = bits;
  return true;
}

void sample() {
  if (channelNow == noChannel && !measuring) measureFrom(0);
}

bool sampled(uint8_t &channel, uint16_t &value) {
  if (!measuring || !gpio::measured(value)) return false;
  measuring = false;
  channel = channelNow;
  measureFrom(channel + 1);
  return true;
}

}  // namespace pins
