// The treadles, the e-stop contact and the hands-in switch: see treadle.h.
#include "treadle.h"
#include "chip.h"
#include "machine.h"
#include "messages.h"
#include "settings.h"
#include "strip.h"

namespace treadle {
namespace {

/** A contact that counts once when it has been closed for debounceDown and is ready again after debounceUp open. */
struct Contact {
  bool closed;    // as last seen
  bool ready;     // the next closing counts
  bool settled;   // seen long enough
  uint16_t since; // ms

  bool poll(bool now) {
    if (now != closed) {
      closed = now;
      since = chip::now();
      settled = false;
    }
    if (settled) return false;
    const uint16_t lasted = chip::now() - since;
    if (lasted <= (closed ? Time::debounceDown : Time::debounceUp)) {
      chip::wakeSoon();
      return false;
    }
    settled = true;
    if (closed && ready) {
      ready = false;
      return true;
    }
    if (!closed) ready = true;
    return false;
  }
};

Contact forward = {false, true, true, 0};
Contact back = {false, true, true, 0};
bool stopOpen;
uint16_t closedSince;
bool pressedBefore;
uint16_t lastPress;

bool tooSoon() {
  const uint16_t now = chip::now();
  if (pressedBefore && (uint16_t)(now - lastPress) < settings::get(Setting::pressMin)) return true;
  pressedBefore = true;
  lastPress = now;
  return false;
}

void pollEstop(bool open) {
  if (!settings::get(Setting::estopFitted)) open = false;
  if (open) {
    closedSince = chip::now();
    if (stopOpen) return;
    stopOpen = true;
    machine::estop(true);
  } else if (stopOpen) {
    if ((uint16_t)(chip::now() - closedSince) < Time::debounceUp) return chip::wakeSoon();
    stopOpen = false;
    machine::estop(false);
  }
}

}  // namespace

void arm() {
  const uint8_t now = chip::contacts();
  if (now & chip::treadle) forward.ready = false;
  if (now & chip::back) back.ready = false;
  pressedBefore = false;
}

void poll() {
  const uint8_t now = chip::contacts();
  pollEstop(!(now & chip::estop));
  machine::handsSwitch(settings::get(Setting::handsFitted) && now & chip::hands);
  if (forward.poll(now & chip::treadle)) {
    uint8_t did = machine::press();
    if (did != Press::state && did != Press::hands && tooSoon()) did = Press::soon;
    messages::event(Event::press, 1 | did << 8);
    if (did == Press::opened) machine::openPressed();
    else strip::notice();
  }
  if (back.poll(now & chip::back)) {
    messages::event(Event::press, 2 | Press::back << 8);
    strip::notice();
  }
}

bool forwardDown() { return forward.closed; }
bool estopOpen() { return stopOpen; }

}  // namespace treadle
