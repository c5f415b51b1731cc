// The tests in the console: see console_tests.h. A step at a time; a selftest goes through all of them.
#include "console_tests.h"
#include <string.h>
#include "chip.h"
#include "edits.h"
#include "heddles.h"
#include "i2c.h"
#include "machine.h"
#include "place.h"
#include "settings.h"
#include "strip.h"
#include "text.h"

namespace console_tests {
namespace {

enum class Step : uint8_t { none, memory, eeprom, inputs, lights, bus, heddles };

constexpr uint8_t lineRoom = 60;
constexpr uint8_t lightFrames = 25;  // a colour
constexpr uint8_t patience = 3;      // frames that an address may take
constexpr uint8_t firstAddress = 0x08, afterAddress = 0x78, firstBoard = 0x40;

Step step;
bool all;            // a selftest
bool wrong;
bool asked;          // an address
uint8_t at;          // part of memory, colour, address
uint16_t since;      // frames
uint16_t next, from, to;  // heddles, by index
uint16_t rounds, done;
uint8_t group;
bool reports;        // each round

void good(bool is) {
  text::flash(is ? PSTR(" good\r\n") : PSTR(" BAD\r\n"));
  if (!is) wrong = true;
}

void begin(Step first) {
  step = first;
  at = 0;
  asked = false;
  next = from;
  done = 0;
  since = chip::frames();
}

/** Heddles `first` to before `end`, so many at once, so many times. */
void prepare(uint16_t first, uint16_t end, uint8_t together, uint16_t times) {
  from = first;
  to = end;
  group = together;
  rounds = times;
  wrong = reports = all = false;
}

uint8_t move(uint16_t first, uint16_t end, uint8_t together, uint16_t times) {
  if (machine::state != State::armed) return Refusal::state;
  if (end > settings::heddles()) return Refusal::range;
  prepare(first, end, together, times);
  begin(Step::heddles);
  return goesOn;
}

void memory() {
  bool keeps;
  while (chip::memoryTest(at, keeps)) {
    at++;
    if (!keeps) return good(false);
  }
  text::field(PSTR("memory: "), chip::memoryFree());
  text::field(PSTR(" bytes free, "), chip::memoryUntouched());
  text::flash(PSTR(" never used"));
  good(true);
}

void eeprom() {
  text::flash(edits::savedBefore() ? PSTR("eeprom: saved") : PSTR("eeprom: nothing saved"));
  good(edits::intact());
}

void contact(const char *name, uint8_t bit) {
  text::flash(name);
  text::flash(chip::contacts() & bit ? PSTR(" closed") : PSTR(" open"));
}

void inputs() {
  contact(PSTR("treadle"), chip::treadle);
  contact(PSTR(", back"), chip::back);
  contact(PSTR(", e-stop"), chip::estop);
  contact(PSTR(", hands"), chip::hands);
  text::flash(PSTR("\r\n"));
}

/** Red, green, blue. @return true when they have been shown */
bool lights() {
  if (!settings::leds()) return true;
  if (!at) text::flash(PSTR("leds: red, green, blue\r\n"));
  if (at && (uint16_t)(chip::frames() - since) < lightFrames) return false;
  since = chip::frames();
  strip::fill(7 & 1 << at++);
  return at == 4;
}

void answered(bool there) {
  const uint8_t board = at - firstBoard;
  const bool wanted = board < maxBoards && settings::boardUsed(board);
  if (!there && !wanted) return;
  text::flash(PSTR("i2c 0x"));
  text::hex(at);
  if (board < maxBoards) text::field(PSTR(" board "), board + 1);
  if (wanted) good(there);
  else text::flash(PSTR(" there\r\n"));
}

/** @return true after the last address */
bool askNext() {
  if (asked) {
    const bool hangs = i2c::busy();
    if (hangs && (uint16_t)(chip::frames() - since) < patience) return false;
    if (hangs) {
      i2c::abort();
      text::flash(PSTR("i2c: the bus hangs,"));
      good(false);
      at = afterAddress - 1;
    } else answered(i2c::answered());
    i2c::release();
    asked = false;
    at++;
  }
  if (at < firstAddress) at = firstAddress;
  if (!i2c::present() || at == afterAddress) return true;
  if (!i2c::ready()) return false;
  i2c::start(at, nullptr, 0, 0);
  asked = true;
  since = chip::frames();
  return false;
}

/** Only these are up: from index `first` to before `end`. */
uint8_t raise(uint16_t first, uint16_t end) {
  heddles::Bits row;
  memset(row, 0, sizeof row);
  for (; first < end; first++) row[first >> 3] |= 1 << (first & 7);
  return machine::lift(row);
}

/** @return goesOn, or the outcome */
uint8_t lift() {
  if (!heddles::settled()) return goesOn;
  if (next > to) {
    next = from;
    done++;
    if (reports) {
      text::field(PSTR("round "), done);
      text::field(PSTR(", i2c errors "), chip::i2cErrors());
      text::field(PSTR(", resets "), place.resets);
      text::flash(PSTR("\r\n"));
    }
  }
  if (done == rounds) return machine::done;
  const uint16_t end = next + group < to ? next + group : to;
  const uint8_t outcome = raise(next, end);
  next = next < to ? end : to + 1;  // after the last of them all are down
  return outcome ? outcome : goesOn;
}

/** The step is over. @return goesOn, or the outcome of all */
uint8_t ended() {
  if (!all || step == Step::heddles) {
    step = Step::none;
    if (all) text::flash(wrong ? PSTR("FAILED\r\n") : PSTR("passed\r\n"));
    return wrong ? failed : (uint8_t)machine::done;
  }
  begin((Step)((uint8_t)step + 1));
  if (step == Step::heddles && machine::state != State::armed) {
    text::flash(PSTR("heddles: arm first to see them move\r\n"));
    return ended();
  }
  return goesOn;
}

}  // namespace

uint8_t selftest() {
  prepare(0, settings::heddles(), 1, 1);
  all = true;
  begin(Step::memory);
  return goesOn;
}

uint8_t bus() {
  if (!i2c::present()) return Refusal::nothing;
  wrong = all = false;
  begin(Step::bus);
  return goesOn;
}

uint8_t sweep(const char *rest) {
  uint16_t heddle = 0;
  if (*rest && (!text::read(rest, heddle) || *rest || !heddle)) return notMine;
  return move(heddle ? heddle - 1 : 0, heddle ? heddle : settings::heddles(), 1, 1);
}

uint8_t exercise(const char *rest) {
  uint16_t together = settings::get(Setting::moveK), times = 1;
  if (*rest && (!text::read(rest, together) || !together)) return notMine;
  if (*rest == ' ' && !text::read(++rest, times)) return notMine;
  if (*rest) return notMine;
  const uint8_t outcome = move(0, settings::heddles(), together < 16 ? together : 16, times);
  reports = true;
  return outcome;
}

bool running() { return step != Step::none; }

void stop() {
  if (asked) i2c::release();
  if (step == Step::lights) strip::fill(0);
  if (step == Step::heddles) raise(0, 0);
  step = Step::none;
  text::flash(PSTR("stopped\r\n"));
}

uint8_t pump() {
  if (chip::room() < lineRoom) return goesOn;
  switch (step) {
    case Step::memory: memory(); break;
    case Step::eeprom: eeprom(); break;
    case Step::inputs: inputs(); break;
    case Step::lights:
      if (!lights()) return goesOn;
      break;
    case Step::bus:
      if (!askNext()) return goesOn;
      break;
    default: {
      const uint8_t outcome = lift();
      if (outcome == goesOn) return goesOn;
      if (outcome != machine::done) {
        step = Step::none;
        return outcome;
      }
    }
  }
  return ended();
}

}  // namespace console_tests
