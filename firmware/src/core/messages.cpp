// The loom messages: see messages.h.
#include "messages.h"
#include "chip.h"
#include "crc.h"
#include "console.h"
#include "demux.h"
#include "heddles.h"
#include "machine.h"
#include "place.h"
#include "reply.h"
#include "reset.h"
#include "settings.h"
#include "strip.h"
#include "treadle.h"
#include "version.h"

namespace messages {
namespace {

bool session;         // a HELLO came since this start
uint8_t lastSeq;      // of the last message taken
uint16_t lastDetail;  // what its ACK said
uint8_t lastRefusal;  // why it was refused, or done
bool saving;          // its ACK comes when the settings are written
bool writing;         // the writing has begun
uint8_t eventCount;
uint16_t badCrcs;
uint16_t uptime;  // s
uint8_t secondFrames;

uint16_t seed() { return session ? place.session : helloSeed; }

void placeFields() {
  reply::u8(machine::state);
  reply::u16(place.openStep);
  reply::u16(place.rowCrc);
  reply::u8(eventCount);
}

void ack(uint8_t seq, uint16_t detail) {
  reply::begin(BoardMessage::ACK, seed());
  reply::u8(seq);
  placeFields();
  reply::u16(detail);
  reply::end();
}

void nak(uint8_t seq, uint8_t reason) {
  reply::begin(BoardMessage::NAK, seed());
  reply::u8(seq);
  placeFields();
  reply::u8(reason);
  reply::end();
}

void status(uint8_t seq) {
  uint8_t flags = 0;
  if (heddles::settled()) flags |= 1 << Flag::settled;
  if (treadle::forwardDown()) flags |= 1 << Flag::treadle;
  if (treadle::estopOpen()) flags |= 1 << Flag::estop;
  if (machine::hands) flags |= 1 << Flag::hands;
  if (settings::unsaved()) flags |= 1 << Flag::unsaved;
  reply::begin(BoardMessage::STATUS, seed());
  reply::u8(seq);
  placeFields();
  reply::u16(place.weave);
  reply::u16(machine::waitingStep);
  reply::u8(flags);
  reply::u8(machine::faultReason);
  reply::u8(0);
  reply::u16(chip::overruns());
  reply::u16(chip::frameErrors() + demux::errors());
  reply::u16(badCrcs);
  reply::u16(0);
  reply::u16(0);
  reply::u16(uptime);
  reply::end();
}

void values(uint8_t seq, const uint8_t *fields) {
  reply::begin(BoardMessage::VALUES, seed());
  reply::u8(seq);
  placeFields();
  reply::u8(fields[0]);
  reply::u16(fields[1] | fields[2] << 8);
  reply::u16(settings::get(fields[0]));
  reply::end();
}

void newSession(uint16_t nonce) {
  uint16_t number = place.session ^ chip::noise();
  do number = crcByte(crcByte(number, nonce), nonce >> 8) + 1;
  while (number == 0 || number == 0xFFFF || number == place.session);
  place.session = number;
  place.nonce = nonce;
  place.seal();
  machine::newSession();
}

void hello(uint8_t seq, uint16_t nonce) {
  const bool other = place.session == 0 || place.nonce != nonce;
  const bool fresh = other || !session;
  if (other) newSession(nonce);
  if (fresh) {
    lastSeq = seq;
    lastRefusal = machine::done;
    lastDetail = 0;
  }
  session = true;
  console::setEcho(false);
  machine::heard();
  const uint32_t id = settings::boardId();
  reply::begin(BoardMessage::HELLO, helloSeed);
  reply::u8(protocolVersion);
  reply::u16(nonce);
  reply::u16(place.session);
  reply::u8(version::major);
  reply::u8(version::minor);
  reply::u8(Mcu::atmega328p);
  reply::u16(id);
  reply::u16(id >> 16);
  reply::u16(settings::heddles());
  reply::u8(settings::get(Setting::outputs));
  reply::u16(settings::get(Setting::leds));
  reply::u8(chip::receiveWindow);
  reply::u16(settings::version());
  reply::u8(reset::cause());
  reply::u16(1 << Feature::treadle | 1 << Feature::back | settings::get(Setting::estopFitted) << Feature::estop |
             (settings::get(Setting::leds) > 0) << Feature::leds | 1 << Feature::settings);
  placeFields();
  reply::u16(place.weave);
  reply::end();
}

uint16_t word(const uint8_t *at) { return at[0] | at[1] << 8; }

uint8_t setting(const uint8_t *fields) {
  const uint8_t state = machine::state;
  if (state != State::idle || saving) return Refusal::state;
  if (word(fields + 1) || !settings::set(fields[0], word(fields + 3))) return Refusal::range;
  if (fields[0] == Setting::outputs) chip::configure();
  return machine::done;
}

uint8_t led(const uint8_t *fields, uint8_t length) {
  const uint16_t first = word(fields);
  const uint8_t bytes = length - 2;
  if (bytes % 3) return Refusal::length;
  const uint16_t leds = settings::get(Setting::leds);
  if (first > leds || bytes / 3 > leds - first) return Refusal::range;
  strip::show(first, fields + 2, bytes / 3);
  return machine::done;
}

/** @param length of the fields, already checked against the table */
uint8_t execute(uint8_t code, const uint8_t *fields, uint8_t length, uint16_t &detail) {
  switch (code) {
    case HostMessage::ARM: return machine::arm(word(fields), word(fields + 2), word(fields + 4));
    case HostMessage::PARK: return machine::park();
    case HostMessage::ROW:
      return length - 2 == settings::rowBytes() ? machine::row(word(fields), fields + 2) : (uint8_t)Refusal::length;
    case HostMessage::DROP: detail = machine::drop(); return machine::done;
    case HostMessage::OPEN: return machine::open(word(fields));
    case HostMessage::HOLD: return fields[0] > 1 ? (uint8_t)Refusal::range : machine::hold(fields[0]);
    case HostMessage::RESUME: return machine::resume();
    case HostMessage::STOP: machine::stop(Fault::stop); return machine::done;
    case HostMessage::CLEAR: return machine::clear();
    case HostMessage::LED: return led(fields, length);
    case HostMessage::WEFT: strip::weft(fields[0], fields[1], fields[2]); return machine::done;
    case HostMessage::GET: return Refusal::range;
    case HostMessage::SET: return setting(fields);
    case HostMessage::SAVE:
      if (machine::state != State::idle) return Refusal::state;
      saving = true;
      writing = false;
      return machine::done;
    case HostMessage::TEST: return machine::test(word(fields), word(fields + 2));
    default: return Refusal::unknown;
  }
}

bool lengthFits(uint8_t code, uint8_t length) {
  const uint8_t wanted = pgm_read_byte(hostLengths + code - 1);
  return wanted & lengthOpen ? length >= (wanted & ~lengthOpen) : length == wanted;
}

uint8_t unpack(uint8_t *bytes, uint8_t length) {
  uint16_t held = 0;
  uint8_t bits = 0, n = 0;
  for (uint8_t i = 0; i < length; i++) {
    held |= (uint16_t)bytes[i] << bits;
    bits += 7;
    if (bits >= 8) {
      bytes[n++] = held;
      held >>= 8;
      bits -= 8;
    }
  }
  return n;
}

}  // namespace

void take(uint8_t *bytes, uint8_t packed) {
  uint8_t length = unpack(bytes, packed);
  if (length < 4) {
    demux::broken();
    return nak(lastSeq, Refusal::length);
  }
  length -= 2;
  const uint8_t code = bytes[0], seq = bytes[1];
  const bool isHello = code == HostMessage::HELLO;
  const bool whole = crcBytes(bytes, length, isHello ? helloSeed : place.session) == word(bytes + length);
  if (!whole || !(session || isHello)) {
    badCrcs++;
    demux::broken();
    return nak(lastSeq, Refusal::crc);
  }
  const uint8_t *fields = bytes + 2;
  length -= 2;
  if (isHello) {
    if (length != HostMessageLength::HELLO) return nak(seq, Refusal::length);
    if (fields[0] != protocolVersion) return nak(seq, Refusal::protocol);
    return hello(seq, word(fields + 1));
  }
  machine::heard();
  if (seq == lastSeq && saving) return;  // its answer comes
  if (seq != lastSeq && seq != (uint8_t)(lastSeq + 1)) return nak(seq, Refusal::order);
  if (code == HostMessage::STATUS && length == 0) {
    lastSeq = seq;
    lastRefusal = machine::done;
    lastDetail = 0;
    return status(seq);
  }
  if (code == HostMessage::GET && length == HostMessageLength::GET && fields[0] >= 1 && fields[0] <= settingCount) {
    lastSeq = seq;
    return values(seq, fields);
  }
  if (seq == lastSeq) return lastRefusal == machine::done ? ack(seq, lastDetail) : nak(seq, lastRefusal);
  uint16_t detail = 0;
  uint8_t refusal = Refusal::unknown;
  if (code >= HostMessage::HELLO && code <= lastHostMessage)
    refusal = lengthFits(code, length) ? execute(code, fields, length, detail) : (uint8_t)Refusal::length;
  lastSeq = seq;
  lastDetail = detail;
  lastRefusal = refusal;
  if (refusal != machine::done) nak(seq, refusal);
  else if (!saving) ack(seq, detail);
}

void tooLong() { nak(lastSeq, Refusal::length); }

void event(uint8_t event, uint16_t arg) {
  if (!session) return;
  eventCount++;
  reply::begin(BoardMessage::EVENT, seed());
  reply::u8(event);
  placeFields();
  reply::u16(arg);
  reply::end();
}

bool inSession() { return session; }
uint16_t crcErrors() { return badCrcs; }

void pump() {
  if (!saving || chip::memoryBusy()) return;
  if (!writing) {
    writing = true;
    settings::save();
  } else {
    saving = false;
    ack(lastSeq, 0);
  }
}

void frame() {
  if (++secondFrames < 50) return;
  secondFrames = 0;
  if (uptime < 0xFFFF) uptime++;
}

}  // namespace messages
