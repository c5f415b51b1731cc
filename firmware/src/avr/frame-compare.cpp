// The ATmega2560's frame, and its servo pulses by hardware: timers 1, 3, 4 and 5 count to 20 ms in step, their compare outputs
// rise at 0 and fall by themselves. See frame.h and the ATmega2560 datasheet, "Fast PWM Mode" with ICRn as TOP.
#ifdef __AVR_ATmega2560__
#include "frame.h"
#include <avr/interrupt.h>
#include <util/atomic.h>
#include "../core/chip.h"
#include "../core/flash.h"
#include "cut.h"
#include "pin.h"
#include "wake.h"

volatile uint8_t wake;

namespace frame {
namespace {

constexpr uint8_t maxServos = 12, timers = 4;

struct Output {
  uint8_t pin;
  uint8_t timer;    // place in `controls`
  uint8_t channel;  // 0 = A
};
const Output outputs[maxServos] PROGMEM = {
    {11, 0, 0}, {12, 0, 1}, {13, 0, 2}, {5, 1, 0}, {2, 1, 1},  {3, 1, 2},
    {6, 2, 0},  {7, 2, 1},  {8, 2, 2},  {46, 3, 0}, {45, 3, 1}, {44, 3, 2},
};
/** TCCRnA of each timer; its other registers follow in the same order. */
volatile uint8_t *const controls[timers] PROGMEM = {&TCCR1A, &TCCR3A, &TCCR4A, &TCCR5A};
enum : uint8_t { controlB = 1, force = 2, counter = 4, top = 6, compare = 8 };

enum class Stage : uint8_t { taken, committed, connected };

volatile Stage stage;
uint8_t connections[timers];  // COM bits
uint16_t widths[maxServos];
volatile uint16_t count;
bool changed;
bool lost;  // the pins were taken, and not given back yet

volatile uint8_t *control(uint8_t timer) { return (volatile uint8_t *)pgm_read_word(controls + timer); }
volatile uint16_t &word(uint8_t timer, uint8_t at) { return *(volatile uint16_t *)(control(timer) + at); }

uint8_t place(uint8_t pin) {
  uint8_t i = 0;
  while (i < maxServos && pgm_read_byte(&outputs[i].pin) != pin) i++;
  return i;
}

}  // namespace

ISR(TIMER1_OVF_vect) {
  count++;
  if (stage == Stage::connected) stage = Stage::taken;
  wake |= Wake::frame;
}

/** About every millisecond: looks at the contacts, and gives pins to the timers, or takes them, while all of them are low. */
ISR(TIMER0_COMPA_vect) {
  wake |= Wake::contacts;
  if (!pulses::low()) return;
  if (cut::servos) {
    pulses::disconnect();
    lost = true;
    return;
  }
  if (stage != Stage::committed && !lost) return;
  lost = false;
  TCCR1A = pulses::mode | connections[0];
  TCCR3A = pulses::mode | connections[1];
  TCCR4A = pulses::mode | connections[2];
  TCCR5A = pulses::mode | connections[3];
  if (stage == Stage::committed) stage = Stage::connected;
}

void begin() {
  TIMSK0 = TIMSK1 = 0;
  // Compare outputs are made low below, which must show on no pin: one of them enables the outputs of other maps.
  for (const Output &output : outputs) pin::direct(pgm_read_byte(&output.pin), false);
  GTCCR = _BV(TSM) | _BV(PSRSYNC);  // nobody counts until all are ready
  for (uint8_t timer = 0; timer < timers; timer++) {
    volatile uint8_t *const registers = control(timer);
    // A restart without a reset finds them as they were.
    registers[controlB] = 0;
    registers[0] = _BV(COM1A1) | _BV(COM1B1) | _BV(COM1C1);
    registers[force] = _BV(FOC1A) | _BV(FOC1B) | _BV(FOC1C);
    registers[0] = pulses::mode;
    registers[controlB] = pulses::modeB;
    word(timer, top) = pulses::period - 1;
    word(timer, counter) = 0;
  }
  TCCR0B = _BV(CS01) | _BV(CS00);
  TIFR0 = _BV(OCF0A);
  TIFR1 = _BV(TOV1);
  TIMSK0 = _BV(OCIE0A);
  TIMSK1 = _BV(TOIE1);
  GTCCR = 0;
}

bool can(uint8_t pin) { return place(pin) < maxServos; }

void setServo(uint8_t pin, uint16_t width) {
  const uint8_t i = place(pin);
  if (i == maxServos || widths[i] == width) return;
  widths[i] = width;
  changed = true;
  const uint8_t timer = pgm_read_byte(&outputs[i].timer), channel = pgm_read_byte(&outputs[i].channel);
  const uint8_t bit = _BV(COM1A1) >> (2 * channel);
  if (!width) {
    connections[timer] &= ~bit;
    return;
  }
  connections[timer] |= bit;
  // Doubly buffered: in effect from the next rise on. A pulse is one tick longer than the compare value.
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { word(timer, compare + 2 * channel) = 2 * width - 1; }
}

uint16_t servo(uint8_t pin) {
  const uint8_t i = place(pin);
  return i < maxServos ? widths[i] : 0;
}

void commit() {
  if (!changed) return;
  changed = false;
  stage = Stage::committed;
}

bool taken() { return !changed && stage == Stage::taken; }

uint16_t quiet() { return 0xFFFF; }

}  // namespace frame

namespace chip {

uint16_t frames() {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { return frame::count; }
  return 0;
}

uint16_t now() {
  uint16_t count, ticks;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    ticks = TCNT1;
    count = frame::count;
    if (TIFR1 & _BV(TOV1) && ticks < pulses::period / 2) count++;
  }
  return count * 20 + (ticks >> 11);  // 2048 ticks a step: 0…19, never back
}

void wakeSoon() {}  // the millisecond's look does

}  // namespace chip
#endif
