// The Firmata face: see firmata.h and the Firmata protocol, version 2.7.
#include "firmata.h"
#include "chip.h"
#include "pins.h"
#include "text.h"
#include "version.h"

namespace firmata {
namespace {

constexpr uint8_t start = 0xF0, end = 0xF7;
constexpr uint8_t stringData = 0x71;

void send14(uint16_t value) {
  chip::send(value & 0x7F);
  chip::send(value >> 7 & 0x7F);
}

void sayFlash(const char *words) {
  chip::send(start);
  chip::send(stringData);
  for (char c; (c = pgm_read_byte(words)); words++) send14((uint8_t)c);
  chip::send(end);
}

void reportVersion() {
  chip::send(0xF9);
  chip::send(2);
  chip::send(7);
}

void reportFirmware() {
  chip::send(start);
  chip::send(0x79);
  chip::send(version::major);
  chip::send(version::minor);
  const char *name = PSTR("loom-uno");
  for (char c; (c = pgm_read_byte(name)); name++) send14((uint8_t)c);
  chip::send(end);
}

void reportCapabilities() {
  chip::send(start);
  chip::send(0x6C);
  for (uint8_t pin = 0; pin < pins::count; pin++) {
    for (uint8_t mode = 0; mode < pins::modes; mode++) {
      if (!pins::can(pin, mode)) continue;
      chip::send(pins::wireMode(mode));
      chip::send(pins::resolution(mode));
    }
    chip::send(0x7F);
  }
  chip::send(end);
}

void reportAnalogMapping() {
  chip::send(start);
  chip::send(0x6A);
  for (uint8_t pin = 0; pin < pins::count; pin++) chip::send(pin >= 14 && pins::free(pin) ? pin - 14 : 0x7F);
  chip::send(end);
}

void reportPinState(uint8_t pin) {
  chip::send(start);
  chip::send(0x6E);
  chip::send(pin);
  if (pins::free(pin)) {
    chip::send(pins::mode(pin));
    send14(pins::value(pin));
  }
  chip::send(end);
}

}  // namespace

void banner() {
  reportVersion();
  reportFirmware();
}

void brief(const uint8_t *m) {
  const uint8_t low = m[0] & 0x0F;
  switch (m[0] < 0xF0 ? m[0] & 0xF0 : m[0]) {
    case 0xF9: return reportVersion();
    case 0x90: return pins::writePort(low, m[1] | m[2] << 7);
    case 0xE0: return pins::write(low, m[1] | m[2] << 7);
    case 0xC0: return pins::reportAnalog(low, m[1]);
    case 0xD0: return pins::reportPort(low, m[1]);
    case 0xF4: return pins::setMode(m[1], m[2]);
    case 0xF5: return pins::writeDigital(m[1], m[2]);
  }
}

void sysex(uint8_t *m, uint8_t length) {
  switch (m[0]) {
    case 0x79: return reportFirmware();
    case 0x6B: return reportCapabilities();
    case 0x69: return reportAnalogMapping();
    case 0x6D: return length == 2 ? reportPinState(m[1]) : refuse(m[0]);
    case 0x6F: {
      if (length < 3) return refuse(m[0]);
      const uint16_t value = m[2] | (length > 3 ? m[3] << 7 : 0);
      return pins::write(m[1], value);
    }
    case 0x70:
      if (length != 6) return refuse(m[0]);
      return pins::setServoRange(m[1], m[2] | m[3] << 7, m[4] | m[5] << 7);
    case 0x71: return;  // a message for a person, and nobody is here
    case 0x76:
      if (length < 3) return refuse(m[0]);
      if (!pins::wireRequest(m + 1, length - 1)) sayFlash(PSTR("I2C: address refused or bus busy"));
      return;
    case 0x78: return;  // the bus needs no configuration
    case 0x7A:
      if (length != 3) return refuse(m[0]);
      return pins::setInterval(m[1] | m[2] << 7);
    default: return refuse(m[0]);
  }
}

void refuse(uint8_t) { sayFlash(PSTR("message not obeyed")); }
void reset() { pins::reset(); }

void frame() {
  uint16_t value;
  for (uint8_t port = 0; port < 3; port++) {
    if (!pins::portChanged(port, value)) continue;
    chip::send(0x90 | port);
    send14(value);
  }
  uint8_t channel;
  while (pins::sampled(channel, value)) {
    chip::send(0xE0 | channel);
    send14(value);
  }
}

void pump() {
  uint8_t *bytes;
  const uint8_t n = pins::wireReply(bytes);
  if (!n) return;
  chip::send(start);
  chip::send(0x77);
  for (uint8_t i = 0; i < n; i++) send14(bytes[i]);
  chip::send(end);
}

}  // namespace firmata
