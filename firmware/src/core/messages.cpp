// The loom messages: see messages.h.
#include "messages.h"
#include "chip.h"
#include "crc.h"
#include "console.h"
#include "demux.h"
#include "edits.h"
#include "hands.h"
#include "heddles.h"
#include "identity.h"
#include "machine.h"
#include "place.h"
#include "reply.h"
#include "reset.h"
#include "settings.h"
#include "silence.h"
#include "strip.h"
#include "treadle.h"
#include "version.h"
#include "waiting.h"

namespace messages {
namespace {

bool session;         // a HELLO came since this start
uint8_t lastSeq;      // of the last message taken
uint16_t lastDetail;  // what its ACK said
uint8_t lastRefusal;  // why it was refused, or done
bool writing;         // its ACK comes when the settings are written
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
  if (hands::in()) flags |= 1 << Flag::hands;
  if (hands::in() & hands::bySwitch) flags |= 1 << Flag::handsSwitch;
  if (edits::unsaved()) flags |= 1 << Flag::unsaved;
  if (edits::busy()) flags |= 1 << Flag::busy;
  reply::begin(BoardMessage::STATUS, seed());
  reply::u8(seq);
  placeFields();
  reply::u16(place.weave);
  reply::u16(waiting::step);
  reply::u8(flags);
  reply::u8(machine::faultReason);
  reply::u8(machine::faultDetail);
  reply::u16(chip::overruns());
  reply::u16(chip::frameErrors() + demux::errors());
  reply::u16(badCrcs);
  reply::u16(chip::i2cErrors());
  reply::u16(machine::stopBytes);
  reply::u16(uptime);
  reply::end();
}

/** One value of a scalar, or as many as fit an answer of consecutive heddles or boards. */
void values(uint8_t seq, uint8_t id, uint16_t index) {
  constexpr uint16_t most = 16;
  const uint16_t left = settings::count(id) - index;
  reply::begin(BoardMessage::VALUES, seed());
  reply::u8(seq);
  placeFields();
  reply::u8(id);
  reply::u16(index);
  for (uint16_t i = 0; i < (left < most ? left : most); i++) reply::u16(settings::value(id, index + i));
  reply::end();
}

/** The last message is this one, and was obeyed unless somebody says otherwise. */
void taken(uint8_t seq) {
  lastSeq = seq;
  lastRefusal = machine::done;
  lastDetail = 0;
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
  if (fresh) taken(seq);
  session = true;
  console::setEcho(false);
  silence::heard();
  const uint32_t id = identity::number();
  reply::begin(BoardMessage::HELLO, helloSeed);
  reply::u8(protocolVersion);
  reply::u16(nonce);
  reply::u16(place.session);
  reply::u8(version::major);
  reply::u8(version::minor);
  reply::u8(onUno ? Mcu::atmega328p : Mcu::atmega2560);
  reply::u16(id);
  reply::u16(id >> 16);
  reply::u16(settings::heddles());
  reply::u8(settings::outputs());
  reply::u16(settings::leds());
  reply::u8(chip::receiveWindow);
  reply::u16(settings::version());
  reply::u8(reset::cause());
  reply::u16(1 << Feature::treadle | 1 << Feature::back | 1 << Feature::settings |
             settings::get(Setting::estopFitted) << Feature::estop | (settings::leds() > 0) << Feature::leds |
             settings::get(Setting::handsFitted) << Feature::hands);
  placeFields();
  reply::u16(place.weave);
  reply::end();
}

uint16_t word(const uint8_t *at) { return at[0] | at[1] << 8; }

/** What changes settings is answered when it is written. */
uint8_t whenWritten(uint8_t outcome) {
  writing = outcome == machine::done;
  return outcome;
}

uint8_t led(const uint8_t *fields, uint8_t length) {
  const uint16_t first = word(fields);
  const uint8_t bytes = length - 2;
  if (bytes % 3) return Refusal::length;
  const uint16_t leds = settings::leds() < ownLeds ? settings::leds() : ownLeds;
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
    case HostMessage::DROP: detail = waiting::drop(); return machine::done;
    case HostMessage::OPEN: return machine::open(word(fields));
    case HostMessage::HOLD: return fields[0] > 1 ? (uint8_t)Refusal::range : machine::hold(fields[0]);
    case HostMessage::RESUME: return machine::resume();
    case HostMessage::STOP: machine::stop(Fault::stop); return machine::done;
    case HostMessage::CLEAR: return machine::clear();
    case HostMessage::LED: return led(fields, length);
    case HostMessage::WEFT: strip::weft(fields[0], fields[1], fields[2]); return machine::done;
    case HostMessage::GET: return edits::busy() ? Refusal::busy : Refusal::range;
    case HostMessage::SET: return whenWritten(machine::set(fields[0], word(fields + 1), word(fields + 3)));
    case HostMessage::SAVE: return whenWritten(machine::save());
    case HostMessage::LOAD: return whenWritten(machine::load(fields[0]));
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
  silence::heard();
  if (writing && seq == lastSeq) return;  // its answer comes
  if (seq != lastSeq && seq != (uint8_t)(lastSeq + 1)) return nak(seq, Refusal::order);
  if (code == HostMessage::STATUS && length == 0) {
    taken(seq);
    return status(seq);
  }
  if (code == HostMessage::GET && length == HostMessageLength::GET && !edits::busy() &&
      word(fields + 1) < settings::count(fields[0])) {
    taken(seq);
    return values(seq, fields[0], word(fields + 1));
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
  else if (!writing) ack(seq, detail);
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
  if (!writing || edits::busy()) return;
  writing = false;
  if (edits::well()) return ack(lastSeq, 0);
  lastRefusal = Refusal::memory;
  nak(lastSeq, lastRefusal);
}

void frame() {
  if (++secondFrames < 50) return;
  secondFrames = 0;
  if (uptime < 0xFFFF) uptime++;
}

}  // namespace messages
