// The console: see console.h. Error numbers are those of Refusal, and 0 for what is not understood.
#include "console.h"
#include <string.h>
#include "chip.h"
#include "heddles.h"
#include "machine.h"
#include "place.h"
#include "reset.h"
#include "settings.h"
#include "text.h"
#include "silence.h"
#include "treadle.h"
#include "waiting.h"
#include "hands.h"
#include "version.h"

namespace console {
namespace {

constexpr uint8_t longestLine = 140;
constexpr uint8_t notUnderstood = 0xFF;
constexpr uint8_t listing = 0xFE;  // the ok comes after the last line

char line[longestLine + 1];
uint8_t length;
bool tooLong;
bool echo = true;
bool afterReturn;   // the LF of a CR LF ends no second line
uint8_t infoLine;   // next line of `info`, 0 = none

const char stateNames[][9] PROGMEM = {"boot", "idle", "armed", "weaving", "held", "released", "fault"};
const char faultNames[][9] PROGMEM = {"none", "stop", "stopbyte", "console", "estop", "output", "watchdog"};
const char resetNames[][9] PROGMEM = {"unknown", "power", "reset", "watchdog"};
const char outcomes[][19] PROGMEM = {"",
                                     "crc",
                                     "length",
                                     "order",
                                     "not in this state",
                                     "unknown",
                                     "out of range",
                                     "wrong step",
                                     "a row waits",
                                     "no row waits",
                                     "still moving",
                                     "hands in the shed",
                                     "e-stop is open"};

/** The rest of the line after `word`, or null. */
const char *after(const char *word) {
  uint8_t at = 0;
  for (char c; (c = pgm_read_byte(word + at)); at++)
    if (line[at] != c) return nullptr;
  if (line[at] == 0) return line + at;
  return line[at] == ' ' ? line + at + 1 : nullptr;
}

bool number(const char *&at, uint16_t &value) {
  if (*at < '0' || *at > '9') return false;
  uint32_t sum = 0;
  while (*at >= '0' && *at <= '9' && sum < 100000) sum = sum * 10 + (*at++ - '0');
  value = sum;
  return sum <= 0xFFFF;
}

uint8_t heddle(const char *at) {
  uint16_t which, width;
  if (!number(at, which) || *at++ != ' ') return notUnderstood;
  if (which < 1 || which > settings::heddles()) return Refusal::range;
  if (!strcmp(at, "up")) width = settings::get(Setting::servoUp);
  else if (!strcmp(at, "down")) width = settings::get(Setting::servoDown);
  else if (!number(at, width) || *at) return notUnderstood;
  else if (!width) return Refusal::range;
  return machine::test(which - 1, width);
}

uint8_t lift(const char *at) {
  heddles::Bits row;
  memset(row, 0, sizeof row);
  uint8_t n = 0;
  for (; *at; at++, n++) {
    if (*at != '0' && *at != '1') return notUnderstood;
    if (n >= settings::heddles()) return Refusal::range;
    if (*at == '1') row[n >> 3] |= 1 << (n & 7);
  }
  return n ? machine::lift(row) : notUnderstood;
}

void status() {
  text::put('<');
  text::flash(stateNames[machine::state]);
  if (machine::faultReason) {
    text::put(':');
    text::flash(faultNames[machine::faultReason]);
  }
  text::field(PSTR("|step "), place.openStep);
  text::field(PSTR("|waiting "), waiting::step);
  text::flash(heddles::settled() ? PSTR("|settled") : PSTR("|moving"));
  if (treadle::estopOpen()) text::flash(PSTR("|estop open"));
  if (hands::in()) text::flash(PSTR("|hands"));
  text::flash(PSTR(">\r\n"));
}

uint8_t execute() {
  const char *rest;
  if (!*line) return machine::done;
  if (after(PSTR("help"))) {
    text::flash(PSTR("help ? ! ~ info arm park clear heddle N up|down|US\r\n"));
    text::flash(PSTR("lift 0110.. echo on|off\r\n"));
    return machine::done;
  }
  if (after(PSTR("info"))) {
    infoLine = 1;
    return listing;
  }
  if (after(PSTR("~"))) return machine::resume();
  if (after(PSTR("arm"))) return machine::armFromConsole();
  if (after(PSTR("park"))) return machine::park();
  if (after(PSTR("clear"))) return machine::clear();
  if ((rest = after(PSTR("heddle")))) return heddle(rest);
  if ((rest = after(PSTR("lift")))) return lift(rest);
  if ((rest = after(PSTR("echo")))) {
    if (strcmp(rest, "on") && strcmp(rest, "off")) return notUnderstood;
    echo = rest[1] == 'n';
    return machine::done;
  }
  return notUnderstood;
}

void answer(uint8_t outcome) {
  if (outcome == machine::done) return text::flash(PSTR("ok\r\n"));
  if (outcome == notUnderstood) return text::flash(PSTR("error:0 not understood, try help\r\n"));
  text::field(PSTR("error:"), outcome);
  text::put(' ');
  text::flash(outcomes[outcome]);
  text::flash(PSTR("\r\n"));
}

void endLine() {
  if (echo) text::flash(PSTR("\r\n"));
  line[length] = 0;
  silence::typed();
  const uint8_t outcome = tooLong ? (uint8_t)Refusal::length : execute();
  forget();
  if (outcome != listing) answer(outcome);
}

void info(uint8_t which) {
  switch (which) {
    case 1:
      text::field(PSTR("loom-uno "), version::major);
      text::field(PSTR("."), version::minor);
      text::field(PSTR(" protocol "), protocolVersion);
      break;
    case 2:
      text::field(PSTR("heddles "), settings::heddles());
      text::flash(settings::get(Setting::outputs) == Output::pins ? PSTR(" on pins") : PSTR(" on PCA9685"));
      text::field(PSTR(", leds "), settings::get(Setting::leds));
      break;
    case 3:
      text::field(PSTR("servo down "), settings::get(Setting::servoDown));
      text::field(PSTR(" up "), settings::get(Setting::servoUp));
      text::field(PSTR(" us, "), settings::get(Setting::moveK));
      text::field(PSTR(" a frame, settle "), settings::get(Setting::moveSettle));
      text::flash(PSTR(" ms"));
      break;
    case 4:
      text::flash(PSTR("reset "));
      text::flash(resetNames[reset::cause()]);
      text::field(PSTR(", overruns "), chip::overruns());
      text::field(PSTR(", frame errors "), chip::frameErrors());
      break;
    default:
      infoLine = 0;
      return answer(machine::done);
  }
  text::flash(PSTR("\r\n"));
  infoLine = which + 1;
}

}  // namespace

void take(uint8_t byte) {
  while (infoLine) info(infoLine);
  const bool secondHalf = afterReturn && byte == '\n';
  afterReturn = byte == '\r';
  if (secondHalf) return;
  if (byte == '!') return machine::stop(Fault::console);
  if (byte == '?') return status();
  if (byte == '\r' || byte == '\n') return endLine();
  if (byte == '\b' || byte == 0x7F) {
    if (!length) return;
    length--;
    if (echo) text::flash(PSTR("\b \b"));
    return;
  }
  if (length < longestLine) line[length++] = byte;
  else tooLong = true;
  if (echo) text::put(byte);
}

void forget() {
  length = 0;
  tooLong = false;
}

void setEcho(bool on) { echo = on; }

void pump() {
  if (infoLine && chip::room() >= 80) info(infoLine);
}

}  // namespace console
