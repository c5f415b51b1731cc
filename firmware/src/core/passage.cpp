// The passage to I2C for Firmata's clients: see passage.h and "I2C" of the Firmata protocol.
#include "passage.h"
#include "chip.h"
#include "i2c.h"
#include "reply.h"
#include "sysex.h"

namespace passage {
namespace {

enum Kind : uint8_t { write, readOnce, readOn, stopReading };
enum : uint8_t { tenBit = 0x20, restart = 0x40 };      // bits of the options, as the protocol has them
enum : uint8_t { hasRegister = 0x01, failing = 0x02 };  // and ours

struct Read {
  uint8_t address, options, place, bytes;
};
enum class Phase : uint8_t {
  none,
  writing,   // a write of the client's
  pointing,  // a read's register goes out
  pausing,   // the client asked for a pause after it
  reading,
  dropped,   // runs to its end for nobody
};

constexpr uint8_t most = 8;           // continuous reads
constexpr uint8_t waitFrames = 2;     // a request waits for the bus
constexpr uint8_t patience = 3;       // frames that a transfer may take

Read kept[most];
uint8_t keptCount;
uint8_t nextKept = most;  // the next one due
Read now;
bool once;                // `now` is none of `kept`
Phase phase;
uint16_t since;           // ms
uint8_t pause;            // ms
uint8_t frames;           // that the transfer has taken
const uint8_t *held;      // the request that waits
uint8_t heldLength;
uint8_t heldFrames;

uint8_t kindOf(const uint8_t *request) { return request[1] >> 3 & 3; }
uint8_t byteAt(const uint8_t *pair) { return pair[0] | pair[1] << 7; }

bool parse(const uint8_t *request, uint8_t length, Read &read) {
  if (length != 4 && length != 6) return false;
  read.address = request[0];
  read.options = (request[1] & restart) | (length == 6 ? hasRegister : 0);
  read.place = length == 6 ? byteAt(request + 2) : 0;
  read.bytes = byteAt(request + length - 2);
  return read.bytes >= 1 && read.bytes <= i2c::longest;
}

void run(Phase next, const uint8_t *bytes, uint8_t write, uint8_t read) {
  phase = next;
  frames = 0;
  i2c::start(now.address, bytes, write, read);
}

void beginRead() {
  if (!(now.options & hasRegister)) run(Phase::reading, nullptr, 0, now.bytes);
  else if (now.options & restart) run(Phase::reading, &now.place, 1, now.bytes);
  else run(Phase::pointing, &now.place, 1, 0);
}

/** @return false when the bus must be waited for */
bool begin(const uint8_t *request, uint8_t length) {
  if (phase != Phase::none || !i2c::ready()) return false;
  if (kindOf(request) == Kind::write) {
    uint8_t bytes[i2c::longest], n = 0;
    for (uint8_t i = 2; i < length; i += 2) bytes[n++] = byteAt(request + i);
    now.address = request[0];
    run(Phase::writing, bytes, n, 0);
  } else {
    parse(request, length, now);
    once = true;
    beginRead();
  }
  return true;
}

/** What runs is for nobody any more. */
void drop() {
  if (phase == Phase::pausing) phase = Phase::none;
  else if (phase != Phase::none) phase = Phase::dropped;
}

void keep(const Read &read) {
  if (keptCount == most) return sysex::say(PSTR("I2C: 8 continuous reads are the most, not obeyed"));
  kept[keptCount++] = read;
}

void forget(uint8_t address) {
  uint8_t left = 0;
  for (uint8_t i = 0; i < keptCount; i++)
    if (kept[i].address != address) kept[left++] = kept[i];
  keptCount = left;
  if (nextKept > left) nextKept = left;
  if (!once && now.address == address) drop();
}

/** One sentence when a device falls silent, not one for every read. */
void tellSilent() {
  if (once) return sysex::say(PSTR("I2C: no answer"));
  for (uint8_t i = 0; i < keptCount; i++) {
    Read &read = kept[i];
    if (read.address != now.address || read.place != now.place || read.options & failing) continue;
    read.options |= failing;
    sysex::say(PSTR("I2C: no answer"));
  }
}

void tell(uint8_t bytes) {
  constexpr uint8_t i2cReply = 0x77;
  sysex::begin(i2cReply);
  sysex::pair(now.address);
  sysex::pair(now.place);
  const uint8_t *received = i2c::received();
  for (uint8_t i = 0; i < bytes; i++) sysex::pair(received[i]);
  sysex::end();
}

void finish() {
  const bool well = i2c::answered();
  const Phase was = phase;
  phase = Phase::none;
  if (was == Phase::pointing && well) {
    phase = Phase::pausing;
    since = chip::now();
  } else if (was == Phase::reading || was == Phase::pointing) {
    if (!well) tellSilent();
    if (well || once) tell(well ? now.bytes : 0);
  }
  i2c::release();
  chip::wakeSoon();  // what comes next comes after the loom's own boards
}

bool transferring() { return phase != Phase::none && phase != Phase::pausing; }

}  // namespace

void request(const uint8_t *request, uint8_t length) {
  if (length < 2 || length & 1) return sysex::say(PSTR("I2C: wrong length, not obeyed"));
  if (!i2c::present()) return sysex::say(PSTR("I2C: refused, this pin map has none"));
  if (request[1] & tenBit) return sysex::say(PSTR("I2C: 10-bit address refused"));
  if (i2c::owned(request[0])) return sysex::say(PSTR("I2C: address refused, it is the loom's"));
  Read read;
  switch (kindOf(request)) {
    case Kind::stopReading: return forget(request[0]);
    case Kind::write:
      if (length - 2 > 2 * i2c::longest) return sysex::say(PSTR("I2C: 32 bytes are the most, not obeyed"));
      break;
    default:
      if (!parse(request, length, read)) return sysex::say(PSTR("I2C: wrong length, not obeyed"));
      if (kindOf(request) == Kind::readOn) return keep(read);
  }
  if (begin(request, length)) return;
  held = request;
  heldLength = length;
  heldFrames = 0;
}

bool waiting() { return held; }

void setDelay(uint16_t us) { pause = (us + 999) / 1000; }

void reset() {
  keptCount = 0;
  nextKept = most;
  pause = 0;
  drop();
}

void sample() {
  if (nextKept >= keptCount) nextKept = 0;
}

void frame() {
  if (transferring() && i2c::busy() && ++frames >= patience) {
    i2c::abort();
    i2c::release();
    phase = Phase::none;
    sysex::say(PSTR("I2C: the bus is stuck"));
  }
  if (held && ++heldFrames > waitFrames) {
    held = nullptr;
    sysex::say(PSTR("I2C: bus busy, not obeyed"));
    chip::wakeSoon();
  }
}

void pump() {
  if (transferring()) {
    if (!i2c::busy()) finish();
    return;
  }
  if (phase == Phase::pausing) {
    if (pause && (uint16_t)(chip::now() - since) <= pause) return chip::wakeSoon();
    if (i2c::ready()) run(Phase::reading, nullptr, 0, now.bytes);
    return;
  }
  if (held) {
    if (!begin(held, heldLength)) return;
    held = nullptr;
    return chip::wakeSoon();  // for the bytes that were left on the line
  }
  if (nextKept >= keptCount || !i2c::ready()) return;
  // Reports leave room for the answers that commands want.
  if (chip::room() < reply::longest + 7 + 2 * kept[nextKept].bytes) return;
  now = kept[nextKept++];
  once = false;
  beginRead();
}

}  // namespace passage
