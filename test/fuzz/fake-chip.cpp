// A chip that is none: what the firmware's core asks of it, with the things that must never happen looked at on the way.
#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "core/chip.h"
#include "core/console.h"
#include "core/console_tests.h"
#include "core/crc.h"
#include "core/demux.h"
#include "core/firmata.h"
#include "core/gpio.h"
#include "core/i2c.h"
#include "core/identity.h"
#include "core/machine.h"
#include "core/messages.h"
#include "core/outputs.h"
#include "core/passage.h"
#include "core/pins.h"
#include "core/pixels.h"
#include "core/place.h"
#include "core/reply.h"
#include "core/reset.h"
#include "core/settings.h"
#include "core/strip.h"
#include "core/treadle.h"

Place place;

void bench_failed(const char *sentence) {
  fprintf(stderr, "\nthe core broke a promise: %s (state %d)\n", sentence, machine::state);
  abort();
}

namespace {

struct World {
  uint32_t us;
  uint32_t framesDone;
  uint16_t passed;  // ms, see pass
  uint8_t ring[chip::receiveWindow];
  uint8_t head, tail;
  uint32_t queued;      // bytes that wait to be sent
  uint32_t sentAt;      // µs at which the next of them is gone
  uint8_t closed;       // contacts
  uint8_t faults;
  bool live, latched, soon;
  bool prepared;        // outputs may pulse
  uint8_t eeprom[1024];
  uint32_t writtenAt;   // µs at which the byte being written is
  uint8_t transferFor;  // bytes to read, of a client's transfer
  uint32_t transferAt;
  bool kept;
  uint8_t lastState;
  uint8_t levels[20];
} world;

constexpr uint32_t byteTime = 174;  // µs
constexpr uint8_t loomPins[] = {0, 1, 2, 3, 4, 5, 10, 11, 13, 18, 19};

bool loomOwns(uint8_t pin) {
  for (const uint8_t each : loomPins)
    if (each == pin) return true;
  return false;
}

void drain() {
  while (world.queued && (int32_t)(world.us - world.sentAt) >= 0) {
    world.queued--;
    world.sentAt += byteTime;
  }
}

/** What a state may become, besides itself; by State. */
constexpr uint8_t mayBecome[] = {
    0xFF,                                                                                        // boot
    1 << State::armed,                                                                           // idle
    1 << State::idle | 1 << State::weaving | 1 << State::released | 1 << State::fault,           // armed
    1 << State::held | 1 << State::armed | 1 << State::fault,                                    // weaving
    1 << State::weaving | 1 << State::armed | 1 << State::released | 1 << State::fault,          // held
    1 << State::armed | 1 << State::fault,                                                       // released
    1 << State::idle,                                                                            // fault
};

void look() {
  const uint8_t now = machine::state;
  MUST(now <= State::fault, "there is no such state");
  if (now != world.lastState) MUST(mayBecome[world.lastState] >> now & 1, "a state became what it must not become");
  world.lastState = now;
  MUST(world.live == machine::live(), "the receive interrupt does not know whether there is something to stop");
  MUST(machine::live() || !world.prepared, "outputs may pulse although nothing is armed");
}

/** As the microcontroller's main loop. */
void lookAround() {
  world.soon = false;
  if (chip::stopLatched()) machine::stop(Fault::stopByte);
  while (!passage::waiting() && chip::room() >= reply::longest && world.head != world.tail) {
    if (console::busy() && world.ring[world.tail] != '!') break;
    const uint8_t byte = world.ring[world.tail];
    world.tail = (world.tail + 1) % sizeof world.ring;
    demux::take(byte);
    look();
  }
  if (world.framesDone != world.us / 20000) {
    world.framesDone++;
    outputs::frame();
    demux::frame();
    machine::frame();
    messages::frame();
    firmata::frame();
    strip::frame();
  }
  treadle::poll();
  firmata::pump();
  machine::pump();
  messages::pump();
  console::pump();
  strip::pump();
  identity::pump();
  for (uint8_t i = 0; settings::pump(); i++) MUST(i < 255, "the settings never come to an end");
  look();
}

void goOn(uint32_t us) {
  const uint32_t end = world.us + us;
  for (int32_t left; (left = end - world.us) > 0;) {
    const int32_t step = world.soon ? 500 : 4000;
    world.us += left < step ? left : step;
    drain();
    lookAround();
  }
}

}  // namespace

namespace bench {

void power() {
  memset(&world, 0, sizeof world);
  memset(world.eeprom, 0xFF, sizeof world.eeprom);
  memset(&place, 0, sizeof place);
  world.closed = chip::estop;
  settings::begin();
  outputs::begin();
  pins::reset();
  machine::begin(reset::cause());
  world.lastState = machine::state;
  place.seal();
  firmata::banner();
  goOn(50000);
}

void byte(uint8_t value) {
  if (value == 0xFF && world.live) world.latched = true;
  const uint8_t next = (world.head + 1) % sizeof world.ring;
  if (next != world.tail) {
    world.ring[world.head] = value;
    world.head = next;
  }
  goOn(byteTime);
}

void pass(uint16_t ms) {
  constexpr uint16_t longEnough = 45000;  // ms, in all; nothing in the core waits longer for anything but people
  if (world.passed + ms > longEnough) ms = longEnough - world.passed;
  world.passed += ms;
  goOn(ms * 1000u);
}
void contacts(uint8_t closed) { world.closed = closed; }
void faults(uint8_t bits) { world.faults = bits; }

void check() {
  faults(0);
  goOn(400000);
  // A ring full of lines that each ask for a long list takes its time at 57,600 baud.
  for (uint8_t more = 0; world.head != world.tail && more < 150; more++) goOn(400000);
  MUST(world.head == world.tail, "bytes are left on the line although there was time");
  MUST(!passage::waiting(), "a request waits for the bus for ever");
}

}  // namespace bench

namespace reset {
uint8_t cause() { return ResetCause::power; }
}  // namespace reset

namespace chip {

uint16_t now() { return world.us / 1000; }
uint16_t frames() { return world.us / 20000; }
void wakeSoon() { world.soon = true; }
uint16_t noise() { return 0x1234 + world.us; }

void send(uint8_t) {
  while (world.queued >= 127) {
    world.us += byteTime;
    drain();
  }
  if (!world.queued) world.sentAt = world.us + byteTime;
  world.queued++;
}
uint8_t room() { return 127 - world.queued; }
uint16_t overruns() { return 0; }
uint16_t frameErrors() { return 0; }

void setLive(bool live) { world.live = live; }
bool stopLatched() {
  const bool was = world.latched;
  world.latched = false;
  return was;
}
uint8_t contacts() { return world.closed; }
bool pinOwned(uint8_t pin) { return loomOwns(pin); }

bool memoryBusy() { return (int32_t)(world.us - world.writtenAt) < 0; }
void memoryWrite(uint16_t address, uint8_t byte) {
  MUST(!memoryBusy(), "EEPROM is written while a byte is being written");
  MUST(address > 0 && address < sizeof world.eeprom, "EEPROM is written where it must not be");
  world.eeprom[address] = byte;
  world.writtenAt = world.us + 3400;
}
uint8_t memoryRead(uint16_t address) {
  MUST(address < sizeof world.eeprom, "EEPROM is read where there is none");
  return world.eeprom[address];
}

uint16_t i2cErrors() { return 0; }
void alive() {}
uint16_t memoryFree() { return 500; }
uint16_t memoryUntouched() { return 400; }
bool memoryTest(uint8_t part, bool &good) {
  good = true;
  return part < 3;
}

}  // namespace chip

namespace outputs {

void begin() { world.prepared = false; }
void prepare() { world.prepared = true; }
bool ready() { return world.prepared; }
void put(uint16_t output, uint16_t width, bool) {
  MUST(output < count(), "a pulse for an output that there is not");
  if (!width) return;
  MUST(machine::live(), "a pulse although nothing is armed");
  MUST(world.prepared, "a pulse before the outputs were prepared");
  MUST(width >= 500 && width <= 2540, "a pulse that no servo should get");
}
uint16_t count() { return settings::outputs() == Output::pins ? pinServos : 128; }
bool sent() { return world.prepared; }
void pump() {}
void frame() {}
Loss lost() { return {world.prepared && world.faults & 1 ? (uint8_t)Fault::output : (uint8_t)Fault::none, 0x41}; }
void off() { world.prepared = false; }
bool ask(uint8_t) { return true; }
Answer answer() { return world.faults & 2 ? Answer::none : Answer::yes; }

}  // namespace outputs

namespace pixels {
bool ready(uint16_t) { return true; }
void begin() {}
void put(uint8_t, uint8_t, uint8_t) {}
void end(uint16_t) {}
}  // namespace pixels

namespace gpio {

const uint8_t count = 20, firstAnalog = 14, channels = 6;
Pin pins[20];

namespace {
void use(uint8_t pin) {
  MUST(pin < count, "there is no such pin");
  MUST(!loomOwns(pin), "a client touched a pin of the loom's");
}
uint16_t widths[20];
uint8_t duties[20];
}  // namespace

bool can(uint8_t pin, uint8_t mode) {
  switch (mode) {
    case pins::input:
    case pins::pullUp:
    case pins::analog: return true;
    case pins::output:
    case pins::servo: return pin != 12;
    case pins::pwm: return pin == 6;
    default: return false;
  }
}
bool read(uint8_t pin) { return pin < count && world.us >> 16 & 1; }
void write(uint8_t pin, bool high) {
  use(pin);
  world.levels[pin] = high;
}
bool written(uint8_t pin) { return world.levels[pin]; }
void direct(uint8_t pin, bool) { use(pin); }
void setPwm(uint8_t pin, uint8_t duty) {
  use(pin);
  MUST(pin == 6, "PWM where there is none");
  duties[pin] = duty;
}
uint8_t pwm(uint8_t pin) { return duties[pin]; }
void setServo(uint8_t pin, uint16_t width) {
  use(pin);
  MUST(!width || (width >= 400 && width <= 2700), "a client's servo got a pulse that would break the frame");
  widths[pin] = width;
}
uint16_t servo(uint8_t pin) { return widths[pin]; }
void measure(uint8_t channel) { MUST(channel < channels, "there is no such channel"); }
bool measured(uint16_t &value) {
  value = world.us & 1023;
  return true;
}

}  // namespace gpio

namespace i2c {

namespace {
uint8_t bytesRead[longest];
}
bool present() { return true; }
bool owned(uint8_t address) { return address == 0 || address == 0x70 || (address >= 0x40 && address < 0x48); }
bool ready() { return !world.kept; }
void start(uint8_t address, const uint8_t *bytes, uint8_t write, uint8_t read) {
  MUST(!owned(address) || (console_tests::running() && !write && !read), "a client reached an address of the loom's");
  MUST(!world.kept, "two are on the bus");
  MUST(write <= longest && read <= longest, "a transfer longer than its buffer");
  uint8_t sum = 0;
  for (uint8_t i = 0; i < write; i++) sum += bytes[i];
  for (uint8_t i = 0; i < longest; i++) bytesRead[i] = sum + i;
  world.kept = true;
  world.transferAt = world.us + 25 * (2 + write + read);
}
bool busy() { return world.kept && (world.faults & 4 || (int32_t)(world.us - world.transferAt) < 0); }
bool answered() { return !(world.faults & 2); }
const uint8_t *received() { return bytesRead; }
void release() { world.kept = false; }
void abort() { world.transferAt = world.us; }

}  // namespace i2c
