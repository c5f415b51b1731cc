// The console: see console.h. Error numbers are those of Refusal, and 0 for what is not understood.
#include "console.h"
#include <string.h>
#include "chip.h"
#include "console_settings.h"
#include "edits.h"
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
const char *helpLine;  // next line of `help`, in flash; null = none

const char help[] PROGMEM =
    "! stop ? status info help echo on|off\r\n"
    "arm park clear ~ release\r\n"
    "heddle N up|down|US lift 0110..\r\n"
    "$$ $NAME $NAME=VALUE $B1=KHZ\r\n"
    "$H12=UP,DOWN,OUTPUT,LED (empty stays, - none)\r\n"
    "save load defaults\r\n"
    "e.g. arm, heddle 1 up, park, $servo.up=1720, save\r\n";

const char stateNames[][9] PROGMEM = {"boot", "idle", "armed", "weaving", "held", "released", "fault"};
const char faultNames[][9] PROGMEM = {"none", "stop", "stopbyte", "console", "estop", "output", "watchdog", "bus"};
const char resetNames[][9] PROGMEM = {"unknown", "power", "reset", "watchdog"};
/** What went wrong and what to do, by the number of the Refusal. */
const char *outcomeText(uint8_t outcome) {
  switch (outcome) {
    case Refusal::length: return PSTR("line too long");
    case Refusal::state: return PSTR("not in this state, see ?");
    case Refusal::range: return PSTR("no such value or heddle, see $$");
    case Refusal::moving: return PSTR("still moving, try again");
    case Refusal::hands: return PSTR("hands in the shed");
    case Refusal::estop: return PSTR("close the e-stop first");
    case Refusal::busy: return PSTR("still writing, try again");
    case Refusal::exceptions: return PSTR("16 exceptions are used already");
    case console_settings::notKept: return PSTR("EEPROM did not keep it");
    default: return PSTR("not possible now");
  }
}

/** The rest of the line after `word`, or null. */
const char *after(const char *word) {
  uint8_t at = 0;
  for (char c; (c = pgm_read_byte(word + at)); at++)
    if (line[at] != c) return nullptr;
  if (line[at] == 0) return line + at;
  return line[at] == ' ' ? line + at + 1 : nullptr;
}

uint8_t heddle(const char *at) {
  uint16_t which, width;
  if (!text::read(at, which) || *at++ != ' ') return notUnderstood;
  if (which < 1 || which > settings::heddles()) return Refusal::range;
  if (!strcmp(at, "up")) width = settings::width(which - 1, true);
  else if (!strcmp(at, "down")) width = settings::width(which - 1, false);
  else if (!text::read(at, width) || *at) return notUnderstood;
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
  if (machine::faultDetail) text::field(PSTR("|i2c "), machine::faultDetail);
  text::field(PSTR("|step "), place.openStep);
  text::field(PSTR("|waiting "), waiting::step);
  text::flash(heddles::settled() ? PSTR("|settled") : PSTR("|moving"));
  if (treadle::estopOpen()) text::flash(PSTR("|estop open"));
  if (hands::in()) text::flash(PSTR("|hands"));
  if (edits::unsaved()) text::flash(PSTR("|unsaved"));
  text::flash(PSTR(">\r\n"));
}

uint8_t execute() {
  const char *rest;
  if (!*line) return machine::done;
  if (after(PSTR("help"))) {
    helpLine = help;
    return listing;
  }
  if (after(PSTR("info"))) {
    infoLine = 1;
    return listing;
  }
  if (after(PSTR("~"))) return machine::resume();
  if (after(PSTR("arm"))) return machine::armFromConsole();
  if (after(PSTR("park"))) return machine::park();
  if (after(PSTR("clear"))) return machine::clear();
  if (after(PSTR("release"))) return machine::release();
  if ((rest = after(PSTR("heddle")))) return heddle(rest);
  if ((rest = after(PSTR("lift")))) return lift(rest);
  if ((rest = after(PSTR("echo")))) {
    if (strcmp(rest, "on") && strcmp(rest, "off")) return notUnderstood;
    echo = rest[1] == 'n';
    return machine::done;
  }
  const uint8_t outcome = console_settings::execute(line);
  return outcome == console_settings::notMine ? notUnderstood : outcome == console_settings::goesOn ? listing : outcome;
}

void answer(uint8_t outcome) {
  if (outcome == machine::done) return text::flash(PSTR("ok\r\n"));
  if (outcome == notUnderstood) return text::flash(PSTR("error:0 not understood, try help\r\n"));
  text::field(PSTR("error:"), outcome);
  text::put(' ');
  text::flash(outcomeText(outcome));
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
      text::flash(settings::outputs() == Output::pins ? PSTR(" on pins") : settings::outputs() == Output::shift ? PSTR(" on 74HC595") : PSTR(" on PCA9685"));
      text::field(PSTR(", leds "), settings::get(Setting::leds));
      break;
    case 3:
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

/** A line of the help. */
void teach() {
  char c;
  do text::put(c = pgm_read_byte(helpLine++));
  while (c != '\n');
  if (pgm_read_byte(helpLine)) return;
  helpLine = nullptr;
  answer(machine::done);
}

}  // namespace

bool busy() { return infoLine || helpLine || console_settings::busy(); }

void take(uint8_t byte) {
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
  if (helpLine && chip::room() >= 80) teach();
  if (!console_settings::busy()) return;
  const uint8_t outcome = console_settings::pump();
  if (outcome != console_settings::goesOn) answer(outcome);
}

}  // namespace console
