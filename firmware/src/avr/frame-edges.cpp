// The ATmega328P's frame, and its servo pulses by interrupt: see frame.h.
#ifndef __AVR_ATmega2560__
#include "frame.h"
#include <avr/interrupt.h>
#include <util/atomic.h>
#include "pin.h"
#include "uart.h"

volatile uint8_t wake;

namespace frame {
namespace {

using pulses::period;
constexpr uint8_t pins = 20;
constexpr uint8_t maxServos = 12;
constexpr uint16_t early = 28;      // the interrupt comes 14 µs before an edge, and spins
constexpr uint16_t earlyRise = 36;  // before the rise there is more to do
constexpr uint16_t spare = 16;      // ticks in which the interrupt can be left and entered again
constexpr uint16_t perByte = 13;    // ticks in which a byte can be taken

/** Pins of the three ports. */
struct Pins {
  uint8_t b, c, d;
};
struct Edge {
  uint16_t at;  // ticks after the rise
  Pins fall;
};
struct Plan {
  Pins rise;
  uint8_t count;
  Edge edges[maxServos];
};

Plan plans[2];
volatile uint8_t current;     // the plan that is pulsed
volatile bool fresh;          // the other plan takes over at the next frame
volatile bool inPulses;       // the next interrupt is an edge
volatile uint8_t nextEdge;
volatile uint16_t started;    // tick of this frame's rise
volatile uint16_t count;
uint16_t widths[pins];
bool changed;

/** Waits for a tick at most 60 µs away. Six cycles a turn, which is the width of an edge's error. */
static inline __attribute__((always_inline)) void spin(uint16_t tick) {
  const uint8_t low = tick;
  while ((int8_t)(TCNT1L - low) < 0) {
  }
}

inline void add(Pins &pins, uint8_t number) {
  if (number < 8) pins.d |= 1 << number;
  else if (number < 14) pins.b |= 1 << (number - 8);
  else pins.c |= 1 << (number - 14);
}

void insert(Plan &plan, uint16_t at, uint8_t number) {
  uint8_t place = 0;
  while (place < plan.count && plan.edges[place].at < at) place++;
  if (place == plan.count || plan.edges[place].at != at) {
    if (plan.count == maxServos) return;
    for (uint8_t i = plan.count++; i > place; i--) plan.edges[i] = plan.edges[i - 1];
    plan.edges[place] = {at, {0, 0, 0}};
  }
  add(plan.edges[place].fall, number);
  add(plan.rise, number);
}

}  // namespace

ISR(TIMER1_COMPA_vect) {
  const Plan *plan = &plans[current];
  if (!inPulses) {
    const uint16_t start = started + period;
    started = start;
    count++;
    wake |= Wake::frame;
    if (fresh) {
      current ^= 1;
      fresh = false;
      plan = &plans[current];
    }
    if (plan->count == 0 || cut::servos) {
      OCR1A = start + period - earlyRise;
      return;
    }
    const uint8_t b = PORTB | plan->rise.b, c = PORTC | plan->rise.c, d = PORTD | plan->rise.d;
    spin(start);
    PORTB = b;
    PORTC = c;
    PORTD = d;
    inPulses = true;
    nextEdge = 0;
    OCR1A = start + plan->edges[0].at - early;
    return;
  }
  // Edges may be 4 µs apart, the step of the settings: a turn of this loop takes less.
  const uint16_t from = started;
  uint8_t number = nextEdge;
  const Edge *edge = &plan->edges[number];
  uint16_t at = from + edge->at;
  for (;;) {
    const uint8_t b = PORTB & ~edge->fall.b, c = PORTC & ~edge->fall.c, d = PORTD & ~edge->fall.d;
    spin(at);
    PORTB = b;
    PORTC = c;
    PORTD = d;
    edge++;
    if (++number == plan->count) {
      inPulses = false;
      OCR1A = from + period - earlyRise;
      wake |= Wake::work;  // the strip may have waited for this
      return;
    }
    at = from + edge->at;
    const int16_t left = at - TCNT1;
    if (left <= (int16_t)perByte) continue;
    if (left > (int16_t)(early + spare)) {
      nextEdge = number;
      OCR1A = at - early;
      return;
    }
    if (UCSR0A & _BV(RXC0)) uart::receive();
  }
}

/** Asked for by wakeSoon. */
ISR(TIMER1_COMPB_vect) {
  TIMSK1 &= ~_BV(OCIE1B);
  wake |= Wake::contacts;
}

void begin() {
  TIMSK1 = 0;
  TCCR1A = 0;
  TCCR1B = _BV(CS11);
  TCNT1 = 0;
  inPulses = false;
  started = 0;
  OCR1A = period - earlyRise;
  TIFR1 = _BV(OCF1A) | _BV(OCF1B);
  TIMSK1 = _BV(OCIE1A);
}

bool can(uint8_t) { return true; }

void setServo(uint8_t number, uint16_t width) {
  if (widths[number] == width) return;
  widths[number] = width;
  changed = true;
}

uint16_t servo(uint8_t number) { return widths[number]; }

void commit() {
  if (!changed) return;
  changed = false;
  fresh = false;  // the interrupt keeps its plan while the other one is made
  Plan &plan = plans[current ^ 1];
  plan.rise = {0, 0, 0};
  plan.count = 0;
  for (uint8_t i = 0; i < pins; i++)
    if (widths[i]) insert(plan, widths[i] * 2, i);
  fresh = true;
}

bool taken() { return !changed && !fresh; }

uint16_t quiet() {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (inPulses) return 0;
    const uint16_t left = started + period - earlyRise - TCNT1;
    return left < period ? left / 2 : 0;
  }
  return 0;
}

}  // namespace frame

namespace chip {

uint16_t frames() {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { return frame::count; }
  return 0;
}

uint16_t now() {
  uint16_t count, ticks;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    count = frame::count;
    ticks = TCNT1 - (frame::started - frame::earlyRise);
  }
  return count * 20 + (ticks >> 11);  // 2048 ticks a step: 0…19, never back
}

void wakeSoon() {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (TIMSK1 & _BV(OCIE1B)) return;
    OCR1B = TCNT1 + 1000;
    TIFR1 = _BV(OCF1B);
    TIMSK1 |= _BV(OCIE1B);
  }
}

}  // namespace chip
#endif
