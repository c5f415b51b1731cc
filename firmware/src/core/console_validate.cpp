// The settings against each other: see console_validate.h. One heddle at a time.
#include "console_validate.h"
#include "chip.h"
#include "edits.h"
#include "outputs.h"
#include "settings.h"
#include "text.h"

namespace console_validate {
namespace {

constexpr uint8_t room = 100;  // two lines

bool active;
uint16_t heddle;  // number: 0 = the settings of the loom
uint16_t problems;

void say(const char *what) {
  if (heddle) text::field(PSTR("H"), heddle);
  else text::flash(PSTR("settings"));
  text::flash(what);
  text::flash(PSTR("\r\n"));
  problems++;
}

void loom() {
  if (edits::spoilt()) say(PSTR(": what was saved is damaged, see $$ and save"));
  if (settings::get(Setting::outputs) != settings::outputs()) say(PSTR(": outputs changed, save and reset"));
}

/** Another heddle with this output, from a heddle on, by index. Only exceptions can meet. */
bool shared(uint16_t output, uint16_t from) {
  if (!settings::exceptional()) return false;
  for (uint16_t other = from, end = settings::heddles(); other < end; other++)
    if (settings::output(other) == output) return true;
  return false;
}

void check(uint16_t index) {
  const uint16_t output = settings::output(index), led = settings::led(index), leds = settings::leds();
  if (output != settings::none) {
    if (output >= outputs::count()) say(PSTR(": there is no such output"));
    else if (shared(output, index + 1)) say(PSTR(": its output moves another heddle too"));
  }
  if (settings::width(index, true) == settings::width(index, false)) say(PSTR(": up is down"));
  if (leds && led != settings::none && led >= leds) say(PSTR(": its LED is beyond the strip"));
}

}  // namespace

void begin() {
  active = true;
  heddle = problems = 0;
}

bool running() { return active; }
uint16_t found() { return problems; }

bool pump() {
  if (chip::room() < room || edits::busy()) return false;
  if (heddle) check(heddle - 1);
  else loom();
  if (++heddle <= settings::heddles()) {
    chip::wakeSoon();
    return false;
  }
  active = false;
  return true;
}

}  // namespace console_validate
