// The firmware's core under libFuzzer: an input is a script of what arrives on the line and what happens around the board.
//   kind, length, bytes: 0 the bytes as they are · 1 a loom message with the right CRC, session and number · 2 the same, damaged
//   3 a Firmata sysex · 4 a line of text · 5 time passes · 6 contacts · 7 faults; every other kind as its lowest three bits
#include <stddef.h>
#include <stdint.h>
#include "bench.h"
#include "core/crc.h"
#include "core/place.h"
#include "core/wire.gen.h"

// Every variable of the core lies in sections of its own (see run.sh), so that each input starts with a new board.
extern char __start_corebss[], __stop_corebss[], __start_coredata[], __stop_coredata[];

namespace {

constexpr size_t mostData = 1 << 16;
char firstData[mostData];
bool known;
uint8_t seq;

/** Byte by byte, because the red zones between variables are not to be touched by anybody else. */
__attribute__((no_sanitize("address", "undefined"))) void newBoard() {
  volatile char *data = __start_coredata;
  const size_t length = __stop_coredata - __start_coredata;
  if (length > mostData) bench_failed("the harness has no room for the core's variables");
  for (size_t i = 0; i < length; i++) {
    if (!known) firstData[i] = data[i];
    else data[i] = firstData[i];
  }
  known = true;
  for (volatile char *at = __start_corebss; at != __stop_corebss; at = at + 1) *at = 0;
  seq = 0;
  bench::power();
}

void pack(const uint8_t *bytes, size_t length) {
  uint16_t held = 0;
  uint8_t bits = 0;
  for (size_t i = 0; i < length; i++) {
    held |= bytes[i] << bits;
    bits += 8;
    for (; bits >= 7; bits -= 7, held >>= 7) bench::byte(held & 0x7F);
  }
  if (bits) bench::byte(held & 0x7F);
}

void message(const uint8_t *bytes, uint8_t length, bool damaged) {
  if (!length) return;
  uint8_t body[80];
  uint8_t n = 0;
  body[n++] = bytes[0] % 0x14;
  if (body[0] == HostMessage::HELLO) seq = 0;
  else seq++;
  body[n++] = seq;
  for (uint8_t i = 1; i < length && n < 70; i++) body[n++] = bytes[i];
  const uint16_t crc = crcBytes(body, n, body[0] == HostMessage::HELLO ? helloSeed : place.session);
  body[n++] = crc;
  body[n++] = crc >> 8;
  if (damaged) body[bytes[length - 1] % n] ^= 1 << (bytes[0] >> 5);
  bench::byte(0xF0);
  bench::byte(loomSysex);
  pack(body, n);
  bench::byte(0xF7);
}

void happen(uint8_t kind, const uint8_t *bytes, uint8_t length) {
  switch (kind & 7) {
    case 0:
      for (uint8_t i = 0; i < length; i++) bench::byte(bytes[i]);
      return;
    case 1: return message(bytes, length, false);
    case 2: return message(bytes, length, true);
    case 3:
      bench::byte(0xF0);
      for (uint8_t i = 0; i < length; i++) bench::byte(bytes[i] & 0x7F);
      return bench::byte(0xF7);
    case 4:
      for (uint8_t i = 0; i < length; i++) bench::byte(bytes[i] & 0x7F);
      return bench::byte('\r');
    case 5: return bench::pass(length * 16);
    case 6: return bench::contacts(length);
    case 7: return bench::faults(length);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  newBoard();
  while (size >= 2) {
    const uint8_t kind = data[0], length = data[1];
    data += 2;
    size -= 2;
    const uint8_t bytes = (kind & 7) > 4 ? 0 : length < size ? length : size;
    happen(kind, data, (kind & 7) > 4 ? length : bytes);
    data += bytes;
    size -= bytes;
  }
  bench::check();
  return 0;
}
