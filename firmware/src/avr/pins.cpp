// The free pins, as Firmata sees them: input, output, analog, servo and pull-up.
#include "../core/pins.h"
#include <string.h>
#include "../core/chip.h"
#include "../core/flash.h"
#include "../core/machine.h"
#include "../outputs/pca9685.h"
#include "cut.h"
#include "frame.h"
#include "pin.h"
#include "twi.h"

namespace pins {
namespace {

enum Mode : uint8_t { input, output, analog, servo, pullUp };
constexpr uint8_t wireModes[modes] = {0, 1, 2, 4, 11};
constexpr uint8_t resolutions[modes] = {1, 1, 10, 14, 1};
constexpr uint8_t miso = 12;  // an input while the SPI drives the strip, whatever its direction bit says
constexpr uint16_t servoMin = 544, servoMax = 2400;  // µs at 0° and 180°, as the Arduino library has them

Mode kinds[count];
uint16_t reportedPorts;  // ports the host wants, bit 8 + port: to be sent anyway
uint8_t lastBits[3];
uint8_t analogWanted;  // channels, as bits
uint8_t channelNow;
bool converting;
uint8_t interval = 1;  // frames
uint8_t intervalLeft;
uint8_t readLength;
uint8_t readHead[2];
bool requestRuns;

bool digital(uint8_t pin) { return kinds[pin] == input || kinds[pin] == pullUp; }

uint8_t bitsOf(uint8_t port) {
  uint8_t bits = 0;
  for (uint8_t i = 0; i < 8; i++) {
    const uint8_t pin = port * 8 + i;
    if (pin < count && free(pin) && digital(pin) && pin::read(pin)) bits |= 1 << i;
  }
  return bits;
}

}  // namespace

void begin() { reset(); }

bool free(uint8_t pin) { return pin < count && !chip::pinOwned(pin); }

bool can(uint8_t pin, uint8_t mode) {
  if (!free(pin) || (pin == miso && mode != input && mode != pullUp)) return false;
  return (mode != analog || pin >= 14) && (mode != servo || cut::boards);
}

uint8_t wireMode(uint8_t mode) { return wireModes[mode]; }
uint8_t resolution(uint8_t mode) { return resolutions[mode]; }

void setMode(uint8_t pin, uint8_t wireMode) {
  for (uint8_t mode = 0; mode < modes; mode++) {
    if (wireModes[mode] != wireMode || !can(pin, mode)) continue;
    kinds[pin] = (Mode)mode;
    if (mode != servo) frame::setServo(pin, 0);
    pin::write(pin, mode == pullUp);
    pin::direct(pin, mode == output || mode == servo);
    if (mode == analog) reportAnalog(pin - 14, true);
    else if (pin >= 14) reportAnalog(pin - 14, false);
    return;
  }
}

uint8_t mode(uint8_t pin) { return wireModes[kinds[pin]]; }

uint16_t value(uint8_t pin) {
  const pin::Port p = pin::port(pin);
  return kinds[pin] == servo ? frame::servo(pin) : kinds[pin] == output ? (*p.out & p.mask) != 0 : kinds[pin] == pullUp;
}

void writeDigital(uint8_t pin, bool high) {
  if (!free(pin)) return;
  if (kinds[pin] == output) pin::write(pin, high);
  else if (digital(pin)) setMode(pin, wireModes[high ? pullUp : input]);  // as the Arduino does it
}

void writePort(uint8_t port, uint8_t bits) {
  for (uint8_t i = 0; i < 8; i++)
    if (free(port * 8 + i) && kinds[port * 8 + i] == output) writeDigital(port * 8 + i, bits >> i & 1);
}

void write(uint8_t pin, uint16_t value) {
  if (!free(pin) || kinds[pin] != servo) return;
  if (value < servoMin) value = servoMin + (uint32_t)(value > 180 ? 180 : value) * (servoMax - servoMin) / 180;
  cut::servos = false;
  frame::setServo(pin, value > servoMax ? servoMax : value);
}

void setServoRange(uint8_t pin, uint16_t, uint16_t) { setMode(pin, wireModes[servo]); }

void reportPort(uint8_t port, bool on) {
  if (port > 2) return;
  reportedPorts &= ~(0x101 << port);
  if (on) reportedPorts |= 0x101 << port;
}

void reportAnalog(uint8_t channel, bool on) {
  if (channel > 5 || !can(14 + channel, analog)) return;
  if (on) analogWanted |= 1 << channel;
  else analogWanted &= ~(1 << channel);
}

void setInterval(uint16_t ms) { interval = ms > 5000 ? 250 : ms < 20 ? 1 : ms / 20; }

void reset() {
  reportedPorts = 0;
  analogWanted = 0;
  interval = 1;
  readLength = 0;
  memset(kinds, input, sizeof kinds);
  for (uint8_t pin = 0; pin < count; pin++) {
    if (!free(pin)) continue;
    frame::setServo(pin, 0);
    pin::direct(pin, false);
    pin::write(pin, false);
  }
}

bool portChanged(uint8_t port, uint16_t &bits) {
  if (!(reportedPorts >> port & 1)) return false;
  const uint8_t now = bitsOf(port);
  if (now == lastBits[port] && !(reportedPorts >> (8 + port) & 1)) return false;
  reportedPorts &= ~(0x100 << port);
  bits = lastBits[port] = now;
  return true;
}

bool sampled(uint8_t &channel, uint16_t &value) {
  if (converting) {
    if (ADCSRA & _BV(ADSC)) return false;
    converting = false;
    channel = channelNow++;
    value = ADC;
    return true;
  }
  if (channelNow > 5) {
    channelNow = 0;
    intervalLeft = interval;
  }
  if (intervalLeft && --intervalLeft) return false;
  while (channelNow <= 5 && !(analogWanted >> channelNow & 1)) channelNow++;
  if (channelNow > 5) return false;
  ADMUX = _BV(REFS0) | channelNow;
  ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
  converting = true;  // looked at in the next frame: 104 µs are over by then
  return false;
}

bool wireRequest(const uint8_t *request, uint8_t length) {
  constexpr uint8_t read = 1, stopReading = 3;
  if (!cut::boards || request[1] & 0x20 || pca9685::owns(request[0])) return false;
  const uint8_t kind = request[1] >> 3 & 3;
  if (kind == stopReading) return true;
  if (twi::busy() || requestRuns || !pca9685::idle()) return false;
  uint8_t bytes[twi::longest], n = 0;
  for (uint8_t i = 2; i + 1 < length; i += 2) {
    if (n == sizeof bytes) return false;
    bytes[n++] = request[i] | request[i + 1] << 7;
  }
  if (kind == 0) {
    twi::start(request[0], bytes, n);
    return true;
  }
  if (kind != read || n < 1 || n > 2) return false;  // no reading over and over
  readLength = bytes[n - 1];
  if (readLength < 1 || readLength > twi::longest - 2) return false;
  readHead[0] = request[0];
  readHead[1] = n == 2 ? bytes[0] : 0;
  requestRuns = true;
  twi::start(request[0], bytes, n - 1, readLength);
  return true;
}

uint8_t wireReply(uint8_t *&bytes) {
  if (!requestRuns || twi::busy()) return 0;
  requestRuns = false;
  static uint8_t answer[twi::longest];
  answer[0] = readHead[0];
  answer[1] = readHead[1];
  const uint8_t n = twi::answered() ? readLength : 0;
  memcpy(answer + 2, twi::received(), n);
  bytes = answer;
  return n + 2;
}

}  // namespace pins
