// Heddles on PCA9685 boards: see pca9685.h and the PCA9685 datasheet, revision 4.
#include "pca9685.h"
#include "../avr/board.h"
#include "../avr/twi.h"
#include "../core/settings.h"

namespace pca9685 {
namespace {

constexpr uint8_t firstAddress = 0x40, allCall = 0x70;
constexpr uint8_t mode1 = 0x00, mode2 = 0x01, led0On = 0x06, allOn = 0xFA, allOffHigh = 0xFD, preScale = 0xFE;
constexpr uint8_t sleeping = 0x31, running = 0x21;  // both count registers up by themselves and hear ALLCALL
constexpr uint8_t prescale50 = 121;                 // 25 MHz / 4096 / 122 = 50.03 Hz
constexpr uint16_t perMicrosecond = 13430;          // 25 / 122 counts, times 65536
constexpr uint8_t fullOff = 0x10;
constexpr uint8_t patience = 3;  // frames that a transfer may take

enum class Phase : uint8_t { off, setup, wait, running };

Phase phase;
uint8_t board, step;
bool inTransfer;    // a transfer of ours runs
bool mayFail;       // and nobody need answer
bool offWanted;
bool gone;
uint8_t busyFrames;

uint8_t boards() { return (settings::heddles() + 15) / 16; }

void transfer(uint8_t address, const uint8_t *bytes, uint8_t length, bool failing = false) {
  inTransfer = true;
  mayFail = failing;
  twi::start(address, bytes, length);
}

void allOff() {
  const uint8_t bytes[] = {allOffHigh, fullOff};
  transfer(allCall, bytes, sizeof bytes, true);
}

/** One transfer of a board's setup. */
void setup() {
  static const uint8_t steps[][6] PROGMEM = {
      {2, mode1, sleeping}, {2, preScale, prescale50}, {2, mode2, 0x04}, {5, allOn, 0, 0, 0, fullOff}, {2, mode1, running},
  };
  uint8_t bytes[5];
  const uint8_t length = pgm_read_byte(&steps[step][0]);
  for (uint8_t i = 0; i < length; i++) bytes[i] = pgm_read_byte(&steps[step][i + 1]);
  transfer(firstAddress + board, bytes, length);
  if (++step < sizeof steps / sizeof steps[0]) return;
  step = 0;
  if (++board == boards()) phase = Phase::wait;
}

void lose() {
  gone = phase != Phase::off;
  inTransfer = false;
}

}  // namespace

void begin() {
  twi::begin();
  phase = Phase::off;
  inTransfer = gone = false;
  allOff();
}

void prepare() {
  if (phase == Phase::running) return;
  phase = Phase::setup;
  board = step = 0;
  gone = offWanted = false;
}

bool ready() { return phase == Phase::running && !twi::busy() && !inTransfer; }

void put(uint8_t heddle, uint16_t width) {
  const uint16_t counts = width ? (uint16_t)(((uint32_t)width * perMicrosecond + 0x8000) >> 16) : (uint16_t)fullOff << 8;
  const uint8_t bytes[] = {(uint8_t)(led0On + 4 * (heddle & 15) + 2), (uint8_t)counts, (uint8_t)(counts >> 8)};
  transfer(firstAddress + (heddle >> 4), bytes, sizeof bytes);
}

bool sent() { return phase == Phase::running && !inTransfer; }

void pump() {
  if (twi::busy()) return;
  if (inTransfer) {
    inTransfer = false;
    if (!twi::answered() && !mayFail) return lose();
  }
  if (offWanted) {
    offWanted = false;
    allOff();
  } else if (phase == Phase::setup) setup();
}

void frame() {
  busyFrames = inTransfer && twi::busy() ? busyFrames + 1 : 0;
  if (busyFrames >= patience) {
    twi::abort();
    lose();
  }
  // The oscillators of the boards need 500 µs; by the frame after the next they have had them.
  if (phase == Phase::wait && !inTransfer && ++step == 2) {
    phase = Phase::running;
    board::enableBoards(true);
  }
}

bool lost() { return gone; }

void off() {
  board::enableBoards(false);
  phase = Phase::off;
  gone = false;
  offWanted = true;
  if (inTransfer && mayFail) return;
  if (inTransfer) twi::abort();
  inTransfer = false;
  pump();
}

bool idle() { return !inTransfer && !offWanted && phase != Phase::setup; }

bool owns(uint8_t address) {
  return address == 0 || address == allCall || (address >= firstAddress && address < firstAddress + boards());
}

}  // namespace pca9685
