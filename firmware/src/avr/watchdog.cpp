// The watchdog, in interrupt mode: it cuts the outputs, leaves a mark and starts again by a jump, because old bootloaders
// hang after a real watchdog reset. Bootloaders hide MCUSR, so the cause is read from what memory was kept.
#include "watchdog.h"
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include <string.h>
#include "../core/chip.h"
#include "../core/place.h"
#include "../core/reset.h"
#include "../core/wire.gen.h"
#include "cut.h"

Place place __attribute__((section(".noinit")));

namespace {
uint8_t why;
uint16_t leftOver;
}  // namespace

/** Before anything else, as after any start: a running watchdog would strike during the start. */
extern "C" void quiet() __attribute__((naked, used, section(".init3")));
extern "C" void quiet() {
  MCUSR = 0;
  wdt_disable();
}

ISR(WDT_vect, ISR_NAKED) {
  asm volatile("clr __zero_reg__");
  cut::now();
  pulses::kill(cut::gated ? line::OutputEnable::mask : 0);
  place.mark = cut::live ? Mark::hungLive : Mark::hungIdle;
  place.seal();
  asm volatile("jmp 0");
  __builtin_unreachable();
}

namespace watchdog {

void begin() {
  if (!place.sealed()) {
    why = ResetCause::power;
    leftOver = crcBytes((const uint8_t *)&place, sizeof place, 0xFFFF);
    memset(&place, 0, sizeof place);
  } else why = place.mark == Mark::none ? ResetCause::reset : ResetCause::watchdog;
  const uint8_t interrupts = SREG;
  cli();
  wdt_reset();
  WDTCSR = _BV(WDCE) | _BV(WDE);
  WDTCSR = _BV(WDIE) | _BV(WDP2);  // 250 ms
  SREG = interrupts;
}

void feed() { wdt_reset(); }

}  // namespace watchdog

namespace reset {
uint8_t cause() { return why; }
}  // namespace reset

namespace chip {
void alive() { wdt_reset(); }
uint16_t noise() { return leftOver = crcByte(crcByte(leftOver + frames(), TCNT1L), TCNT1H); }
}  // namespace chip
