// The console: see console.h. Error numbers are those of Refusal, and 0 for what is not understood.
#include "console.h"
#include <string.h>
#include "chip.h"
#include "console_settings.h"
#include "console_tests.h"
#include "console_validate.h"
#include "edits.h"
#include "hands.h"
#include "heddles.h"
#include "machine.h"
#include "place.h"
#include "reset.h"
#include "settings.h"
#include "silence.h"
#include "strip.h"
#include "text.h"
#include "treadle.h"
#include "waiting.h"
#include "version.h"

namespace console {
namespace {

constexpr uint8_t longestLine = 140;
constexpr uint8_t notUnderstood = 0xFF;
constexpr uint8_t listing = 0xFE;  // the ok comes after the last line, as goesOn of the other files

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
    "heddle N up|down|US lift 0110.. led N RRGGBB|off\r\n"
    "$$ $NAME $NAME=VALUE $B1=KHZ\r\n"
    "$H12=UP,DOWN,OUTPUT,LED (empty stays, - none)\r\n"
    "save load defaults validate\r\n"
    "selftest sweep [N] exercise [K] [ROUNDS] i2c\r\n"
    "e.g. arm, heddle 1 up, park, $servo.up=1720, save\r\n";

const char stateNames[][9] PROGMEM = {"boot", "idle", "armed", "weaving", "held", "released", "fault"};
const char faultNames[][9] PROGMEM = {"none", "stop", "stopbyte", "console", "estop", "output", "watchdog", "bus"};
const char resetNames[][9] PROGMEM = {"unknown", "power", "reset", "watchdog"};
/** What went wrong and what to do, by the number of the Refusal. */
const char outcomes[] PROGMEM =
    "not understood, try help\0"
    "\0"
    "line too long\0"
    "\0"
    "not in this state, see ?\0"
    LOOM_LEFT_OUT "\0"
    "no such value or heddle, see $$\0"
    "\0"
    "\0"
    "no I2C on these outputs\0"
    "still moving, try again\0"
    "hands in the shed\0"
    "close the e-stop first\0"
    "\0"
    "still writing, try again\0"
    "16 exceptions are used already\0"
    "EEPROM did not keep it\0"
    "see above";
static_assert(Refusal::length == 2 && Refusal::nothing == 9 && Refusal::memory == 16 && console_tests::failed == 17, "");

enum class Command : uint8_t {
  help, info, resume, arm, park, clear, release, heddle, lift, echo, led,
  save, load, defaults, validate, selftest, sweep, exercise, i2c, none
};
const char commands[] PROGMEM =
    "help\0info\0~\0arm\0park\0clear\0release\0heddle\0lift\0echo\0led\0"
    "save\0load\0defaults\0validate\0selftest\0sweep\0exercise\0i2c";

/** @param rest what follows the word */
Command find(const char *&rest) {
  uint8_t command = 0;
  for (; command < (uint8_t)Command::none; command++) {
    const char *const word = text::of(commands, command);
    const uint8_t length = strlen_P(word);
    if (strncmp_P(line, word, length)) continue;
    rest = line + length;
    if (!*rest) break;
    if (*rest++ == ' ') break;
  }
  return (Command)command;
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

/** A colour of the maker's own; `off` = back to the weave's. */
uint8_t led(const char *at) {
  uint16_t which;
  uint8_t rgb[3];
  if (!strcmp(at, "off")) {
    strip::show(0, rgb, 0);
    return machine::done;
  }
  if (!text::read(at, which) || *at++ != ' ') return notUnderstood;
  for (uint8_t &part : rgb)
    if (!text::readHex(at, part)) return notUnderstood;
  if (*at) return notUnderstood;
  if (which < 1 || which > settings::leds() || which > ownLeds) return Refusal::range;
  strip::show(which - 1, rgb, 1);
  return machine::done;
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

uint8_t setEchoTo(const char *to) {
  if (strcmp(to, "on") && strcmp(to, "off")) return notUnderstood;
  echo = to[1] == 'n';
  return machine::done;
}

uint8_t execute() {
  const char *rest;
  if (!*line) return machine::done;
  if (*line == '$') return console_settings::execute(line + 1);
  const Command command = find(rest);
  if (command == Command::none) return notUnderstood;
  switch (command) {
    case Command::help: helpLine = help; return listing;
    case Command::info: infoLine = 1; return listing;
    case Command::resume: return machine::resume();
    case Command::arm: return machine::armFromConsole();
    case Command::park: return machine::park();
    case Command::clear: return machine::clear();
    case Command::release: return machine::release();
    case Command::heddle: return heddle(rest);
    case Command::lift: return lift(rest);
    case Command::echo: return setEchoTo(rest);
    case Command::led: return led(rest);
    case Command::save: return console_settings::whenWritten(machine::save());
    case Command::load: return console_settings::whenWritten(machine::load(0));
    case Command::defaults: return console_settings::whenWritten(machine::load(1));
    default: break;
  }
  if (!console_tests::fitted) return Refusal::unknown;
  switch (command) {
    case Command::validate: console_validate::begin(); return listing;
    case Command::selftest: return console_tests::selftest();
    case Command::sweep: return console_tests::sweep(rest);
    case Command::exercise: return console_tests::exercise(rest);
    default: return console_tests::bus();
  }
}

void answer(uint8_t outcome) {
  if (outcome == machine::done) return text::flash(PSTR("ok\r\n"));
  if (outcome == notUnderstood) outcome = 0;
  text::field(PSTR("error:"), outcome);
  text::put(' ');
  text::flash(text::of(outcomes, outcome));
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
      text::field(onUno ? PSTR("loom-uno ") : PSTR("loom-mega "), version::major);
      text::field(PSTR("."), version::minor);
      text::field(PSTR(" protocol "), protocolVersion);
      break;
    case 2:
      text::field(PSTR("heddles "), settings::heddles());
      text::flash(settings::outputs() == Output::pins    ? PSTR(" on pins")
                  : settings::outputs() == Output::shift ? PSTR(" on 74HC595")
                                                         : PSTR(" on PCA9685"));
      text::field(PSTR(", leds "), settings::get(Setting::leds));
      break;
    case 3:
      text::flash(PSTR("reset "));
      text::flash(resetNames[reset::cause()]);
      text::field(PSTR(", resets "), place.resets);
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

bool busy() {
  return infoLine || helpLine || console_settings::busy() ||
         (console_tests::fitted && console_validate::running());
}

void take(uint8_t byte) {
  const bool secondHalf = afterReturn && byte == '\n';
  afterReturn = byte == '\r';
  if (secondHalf) return;
  if (byte == '!') return machine::stop(Fault::console);
  if (byte == '?') return status();
  const bool lineEnd = byte == '\r' || byte == '\n';
  if (console_tests::fitted && console_tests::running()) {
    console_tests::stop();
    answer(machine::done);
    if (lineEnd) return;
  }
  if (lineEnd) return endLine();
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
  if (console_tests::fitted && console_validate::running() && console_validate::pump())
    answer(console_validate::found() ? console_tests::failed : (uint8_t)machine::done);
  if (console_settings::busy()) {
    const uint8_t outcome = console_settings::pump();
    if (outcome != listing) answer(outcome);
  } else if (console_tests::fitted && console_tests::running()) {
    const uint8_t outcome = console_tests::pump();
    if (outcome != listing) answer(outcome);
  }
}

}  // namespace console
