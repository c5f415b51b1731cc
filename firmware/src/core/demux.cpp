// Parts the received bytes: see demux.h and docs/wire.md.
#include "demux.h"
#include "chip.h"
#include "console.h"
#include "firmata.h"
#include "machine.h"
#include "messages.h"
#include "wire.gen.h"

namespace demux {
namespace {

enum class Open : uint8_t { none, sysex, brief };
/** Text after a break is skipped to the line's end; where a message was taken for text, only quiet helps. */
enum class Skip : uint8_t { no, line, quiet };

uint8_t message[longestMessage];
uint8_t length;  // longestMessage + 1 = too long
Open open;
uint8_t wanted;  // argument bytes of a brief message
Skip skip;
uint16_t lastByte;  // ms
uint16_t broke;

constexpr uint8_t startSysex = 0xF0, endSysex = 0xF7;

void startBrief(uint8_t byte) {
  message[0] = byte;
  length = 1;
  switch (byte < 0xF0 ? byte & 0xF0 : byte) {
    case 0x90: case 0xE0: case 0xF4: case 0xF5: wanted = 2; break;
    case 0xC0: case 0xD0: wanted = 1; break;
    case 0xF9: return firmata::brief(message);
    default: return broken();
  }
  open = Open::brief;
}

void endMessage() {
  if (open != Open::sysex) return broken();
  open = Open::none;
  if (length > longestMessage) {
    if (message[0] == loomSysex) messages::tooLong();
    else firmata::refuseLong();
    return;
  }
  if (length == 0) return firmata::refuseEmpty();
  if (message[0] == loomSysex) messages::take(message + 1, length - 1);
  else firmata::sysex(message, length);
}

void text(uint8_t byte) {
  const bool lineEnd = byte == '\r' || byte == '\n';
  const bool plain = byte >= ' ' || lineEnd || byte == '\b' || byte == '\t';
  if (!plain) {
    if (skip == Skip::no) broken();
    skip = Skip::quiet;
  }
  if (skip == Skip::no) return console::take(byte);
  if (skip == Skip::line && lineEnd) skip = Skip::no;
  else if (byte == '!' && skip == Skip::line) console::take(byte);  // a stop is never held back
}

void age(uint16_t now) {
  const uint16_t silent = now - lastByte;
  if (open != Open::none && silent >= Time::staleMessage) broken();
  if (skip != Skip::no && silent >= Time::quiet) skip = Skip::no;
}

}  // namespace

void broken() {
  open = Open::none;
  if (broke < 0xFFFF) broke++;
  if (skip == Skip::no) skip = Skip::line;
  console::forget();
}

bool take(uint8_t byte) {
  const uint16_t now = chip::now();
  age(now);
  lastByte = now;
  if (byte < 0x80) {
    if (open == Open::none) {
      text(byte);
      return true;
    }
    if (length < longestMessage) message[length++] = byte;
    else length = longestMessage + 1;
    if (open == Open::brief && length > wanted) {
      open = Open::none;
      firmata::brief(message);
      return true;
    }
    return false;
  }
  if (byte == endSysex) {
    endMessage();
    return true;
  }
  if (open != Open::none) broken();
  if (byte == stopByte) {
    if (machine::live()) machine::stop(Fault::stopByte);
    else firmata::reset();
  } else if (byte == startSysex) {
    open = Open::sysex;
    length = 0;
  } else if (byte == chip::lostByte) broken();
  else startBrief(byte);
  return true;
}

void frame() { age(chip::now()); }
uint16_t errors() { return broke; }

}  // namespace demux
