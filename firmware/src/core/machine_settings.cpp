// When settings may be changed: idle, or held with nothing moving, because EEPROM and heddles must not wait for each other.
#include "edits.h"
#include "heddles.h"
#include "machine.h"
#include "settings.h"

namespace machine {
namespace {

bool resting() { return state == State::idle || (state == State::held && heddles::settled()); }

/** What gives every heddle another place cannot change while they have pulses. */
bool placing(uint8_t id) {
  return id == Setting::outputs || id == Setting::heddles || id == Setting::outputFirst;
}

Outcome canChange() {
  if (!resting()) return state == State::held ? Refusal::moving : Refusal::state;
  return edits::busy() ? (uint8_t)Refusal::busy : done;
}

}  // namespace

Outcome set(uint8_t id, uint16_t index, uint16_t value) {
  if (state == State::held && resting() && placing(id)) return Refusal::state;
  uint8_t refusal = canChange();
  if (!refusal) refusal = settings::refuses(id, index, value);
  if (refusal) return refusal;
  if (id == Setting::heddleOutput && value != settings::output(index)) heddles::leave(index);
  settings::set(id, index, value);
  return done;
}

Outcome save() {
  const Outcome refusal = canChange();
  if (!refusal) edits::save();
  return refusal;
}

Outcome load(uint8_t from) {
  if (state != State::idle) return Refusal::state;
  if (edits::busy()) return Refusal::busy;
  if (from > 1) return Refusal::range;
  settings::load(from);
  return done;
}

}  // namespace machine
