// The Firmata face: see firmata.h and the Firmata protocol, version 2.7.
#include "firmata.h"
#include "chip.h"
#include "gpio.h"
#include "passage.h"
#include "pins.h"
#include "reply.h"
#include "sysex.h"
#include "version.h"

namespace firmata {
namespace {

enum Id : uint8_t {
  analogMapping = 0x69,
  analogMappingAnswer = 0x6A,
  capabilities = 0x6B,
  capabilitiesAnswer = 0x6C,
  pinState = 0x6D,
  pinStateAnswer = 0x6E,
  extendedAnalog = 0x6F,
  servoConfig = 0x70,
  stringData = 0x71,
  i2cRequest = 0x76,
  i2cConfig = 0x78,
  firmwareName = 0x79,
  samplingInterval = 0x7A,
};

uint16_t interval = 1;  // frames between two rounds of reports
uint16_t elapsed;       // frames

uint16_t word(const uint8_t *pair) { return pair[0] | pair[1] << 7; }

void tellVersion() {
  chip::send(0xF9);
  chip::send(2);
  chip::send(7);
}

void tellFirmware() {
  sysex::begin(firmwareName);
  chip::send(version::major);
  chip::send(version::minor);
  for (const char *name = PSTR("loom-uno"); char c = pgm_read_byte(name); name++) sysex::pair((uint8_t)c);
  sysex::end();
}

void tellPins() {
  /** mode, bits of its values */
  static const uint8_t modes[][2] PROGMEM = {{pins::input, 1}, {pins::output, 1}, {pins::analog, 10},
                                             {pins::pwm, 8},   {pins::servo, 14}, {pins::pullUp, 1}};
  sysex::begin(capabilitiesAnswer);
  for (uint8_t pin = 0; pin < gpio::count; pin++) {
    for (const uint8_t(&each)[2] : modes) {
      const uint8_t mode = pgm_read_byte(each);
      if (!pins::can(pin, mode)) continue;
      chip::send(mode);
      chip::send(pgm_read_byte(each + 1));
    }
    chip::send(0x7F);
  }
  sysex::end();
}

void tellChannels() {
  sysex::begin(analogMappingAnswer);
  for (uint8_t pin = 0; pin < gpio::count; pin++)
    chip::send(pins::can(pin, pins::analog) ? pin - gpio::firstAnalog : 0x7F);
  sysex::end();
}

void tellPinState(uint8_t pin) {
  sysex::begin(pinStateAnswer);
  chip::send(pin);
  if (pin < gpio::count) {
    const bool free = pins::free(pin);
    chip::send(free ? pins::mode(pin) : (uint8_t)pins::ignored);
    sysex::pair(free ? pins::value(pin) : 0);
  }
  sysex::end();
}

/** @return false, and says so, when the loom owns the pin or there is no such pin */
bool open(uint8_t pin) {
  if (pins::free(pin)) return true;
  sysex::say(pin < gpio::count ? PSTR("pin is the loom's, not obeyed") : PSTR("no such pin, not obeyed"));
  return false;
}

void cannot() { sysex::say(PSTR("pin cannot do that, not obeyed")); }
void wrongLength() { sysex::say(PSTR("wrong length, not obeyed")); }

void write(uint8_t pin, const uint8_t *sevens, uint8_t count) {
  if (!open(pin)) return;
  uint16_t value = word(sevens);
  for (uint8_t i = 2; i < count; i++)
    if (sevens[i]) value = 0x3FFF;
  pins::write(pin, value);
}

}  // namespace

void banner() {
  tellVersion();
  tellFirmware();
}

void brief(const uint8_t *m) {
  const uint8_t low = m[0] & 0x0F;
  switch (m[0] < 0xF0 ? m[0] & 0xF0 : m[0]) {
    case 0xF9: return tellVersion();
    case 0x90: return pins::writePort(low, m[1] | m[2] << 7);
    case 0xE0: return write(low, m + 1, 2);
    case 0xC0: return pins::reportAnalog(low, m[1]);
    case 0xD0: return pins::reportPort(low, m[1]);
    case 0xF4:
      if (open(m[1]) && !pins::setMode(m[1], m[2])) cannot();
      return;
    case 0xF5:
      if (open(m[1])) pins::writeDigital(m[1], m[2]);
      return;
  }
}

void sysex(const uint8_t *m, uint8_t length) {
  switch (m[0]) {
    case firmwareName: return tellFirmware();
    case capabilities: return tellPins();
    case analogMapping: return tellChannels();
    case pinState: return length == 2 ? tellPinState(m[1]) : wrongLength();
    case extendedAnalog: return length >= 4 ? write(m[1], m + 2, length - 2) : wrongLength();
    case servoConfig:
      if (length != 6) return wrongLength();
      if (open(m[1]) && !pins::setServoRange(m[1], word(m + 2), word(m + 4))) cannot();
      return;
    case stringData: return;  // a message for a person, and nobody is here
    case i2cRequest: return passage::request(m + 1, length - 1);
    case i2cConfig:
      if (length >= 3) passage::setDelay(word(m + 1));
      return;
    case samplingInterval:
      if (length != 3) return wrongLength();
      interval = (word(m + 1) + 10) / 20;
      if (!interval) interval = 1;
      return;
    default: return sysex::say(PSTR("message not known here, not obeyed"));
  }
}

void refuseEmpty() { sysex::say(PSTR("empty message, not obeyed")); }
void refuseLong() { sysex::say(PSTR("message too long, not obeyed")); }

void reset() {
  pins::reset();
  passage::reset();
  interval = 1;
}

void frame() {
  passage::frame();
  pins::frame();
  uint8_t bits;
  for (uint8_t port = 0; port * 8 < gpio::count; port++) {
    if (chip::room() < reply::longest + 3) break;  // the next frame is soon enough
    if (!pins::portChanged(port, bits)) continue;
    chip::send(0x90 | port);
    sysex::pair(bits);
  }
  if (++elapsed < interval) return;
  elapsed = 0;
  pins::sample();
  passage::sample();
}

void pump() {
  passage::pump();
  uint8_t channel;
  uint16_t value;
  while (chip::room() >= reply::longest + 3 && pins::sampled(channel, value)) {
    chip::send(0xE0 | channel);
    sysex::pair(value);
  }
}

}  // namespace firmata
