// The start and the main loop: whatever an interrupt announced is looked at once, then the chip sleeps again.
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include "../core/chip.h"
#include "../core/console.h"
#include "../core/demux.h"
#include "../core/firmata.h"
#include "../core/identity.h"
#include "../core/machine.h"
#include "../core/messages.h"
#include "../core/outputs.h"
#include "../core/passage.h"
#include "../core/pins.h"
#include "../core/place.h"
#include "../core/reply.h"
#include "../core/reset.h"
#include "../core/settings.h"
#include "../core/strip.h"
#include "../core/treadle.h"
#include "board.h"
#include "frame.h"
#include "uart.h"
#include "wake.h"
#include "watchdog.h"

namespace {

void start() {
  // After a jump from the watchdog everything is as it was left.
  TIMSK0 = TIMSK2 = TWCR = EECR = PCICR = UCSR0B = 0;
  cut::servos = true;
  watchdog::begin();
  settings::begin();
  frame::begin();
  board::configure();
  uart::begin(settings::get(Setting::baud));
  outputs::begin();
  pins::reset();
  machine::begin(reset::cause());
  place.mark = Mark::none;
  if (reset::cause() != ResetCause::power && place.resets < 255) place.resets++;
  place.seal();
  set_sleep_mode(SLEEP_MODE_IDLE);
  sleep_enable();  // for good: nothing sleeps by accident, because only sleep_cpu does
  sei();
  firmata::banner();
}

/** Every 20 ms. */
void tick() {
  demux::frame();
  machine::frame();
  messages::frame();
  firmata::frame();
  strip::frame();
}

/** @param why bits of Wake @return true when there is more to do at once */
bool lookAround(uint8_t why) {
  watchdog::feed();
  if (chip::stopLatched()) machine::stop(Fault::stopByte);
  uint8_t byte;
  while (!passage::waiting() && (!console::busy() || uart::next('!')) && chip::room() >= reply::longest && uart::take(byte))
    if (demux::take(byte)) why |= Wake::work;
  if (why & Wake::frame) tick();
  if (why & (Wake::frame | Wake::contacts)) treadle::poll();
  if (!(why & ~Wake::byte)) return false;
  firmata::pump();
  machine::pump();
  messages::pump();
  console::pump();
  frame::commit();
  strip::pump();
  identity::pump();
  return settings::pump();
}

}  // namespace

/** In the Arduino IDE too: a sketch with a main of its own goes without the core's, which would set timers up. */
int main() {
  cli();
  start();
  for (uint8_t why = 0xFF;;) {
    const bool more = lookAround(why);
    cli();
    while (!wake && !more) {
      sei();
      sleep_cpu();
      cli();
    }
    why = wake | (more ? Wake::work : 0);
    wake = 0;
    sei();
  }
}
