// Heddles on PCA9685 boards: see pca9685.h and the PCA9685 datasheet, revision 4.
#include "pca9685.h"
#include "../avr/board.h"
#include "../avr/twi.h"
#include "../core/capacity.h"
#include "../core/settings.h"
#include "pulse.h"

namespace pca9685 {
namespace {

constexpr uint8_t firstAddress = 0x40, allCall = 0x70;
constexpr uint8_t mode1 = 0x00, mode2 = 0x01, led0On = 0x06, allOn = 0xFA, allOffHigh = 0xFD, preScale = 0xFE;
constexpr uint8_t sleeping = 0x31, running = 0x21;  // both count registers up by themselves and hear ALLCALL
constexpr uint8_t totemPole = 0x04;
constexpr uint8_t fullOff = 0x10;
constexpr uint8_t patience = 2;  // frames that a transfer may take, or a line be low

enum class Phase : uint8_t { off, setup, wait, running };

Phase phase;
uint8_t board, step;
uint8_t target;     // address of our last transfer
bool inTransfer;    // a transfer of ours runs
bool mayFail;       // and nobody need answer
bool offWanted;
uint8_t stuckFrames;
outputs::Loss loss;

void transfer(uint8_t address, const uint8_t *bytes, uint8_t length, bool failing = false) {
  inTransfer = true;
  mayFail = failing;
  target = address;
  twi::start(address, bytes, length);
}

void allOff() {
  const uint8_t bytes[] = {allOffHigh, fullOff};
  transfer(allCall, bytes, sizeof bytes, true);
}

/** One transfer of a board's setup. */
void setup() {
  while (board < maxBoards && !settings::boardUsed(board)) board++;
  if (board == maxBoards) {
    step = 0;
    phase = Phase::wait;
    return;
  }
  uint8_t bytes[5] = {mode1, sleeping}, length = 2;
  switch (step++) {
    case 0: break;
    case 1:
      bytes[0] = preScale;
      bytes[1] = pulse::prescale(settings::boardClock(board));
      break;
    case 2:
      bytes[0] = mode2;
      bytes[1] = totemPole;
      break;
    case 3:
      bytes[0] = allOn;
      bytes[1] = 0;
      bytes[4] = fullOff;
      length = 5;
      break;
    default: bytes[1] = running;
  }
  transfer(firstAddress + board, bytes, length);
  if (step < 5) return;
  step = 0;
  board++;
}

/** The first loss is the one that is told. */
void lose(uint8_t fault) {
  inTransfer = false;
  if (phase == Phase::off || loss.fault) return;
  loss = {fault, target};
}

}  // namespace

void begin() {
  phase = Phase::off;
  loss = {Fault::none, 0};
  inTransfer = false;
  if (twi::begin()) allOff();
}

void prepare() {
  if (phase == Phase::running) return;
  phase = Phase::setup;
  board = step = 0;
  offWanted = false;
  target = firstAddress;
  loss = {Fault::none, 0};
  if (!twi::busy() && twi::held() && !twi::begin()) lose(Fault::bus);
}

bool ready() { return phase == Phase::running && !twi::busy() && !inTransfer; }

void put(uint16_t output, uint16_t width) {
  const uint8_t on = output >> 4;
  const uint16_t counts = width ? pulse::counts(width, settings::boardClock(on)) : (uint16_t)fullOff << 8;
  const uint8_t bytes[] = {(uint8_t)(led0On + 4 * (output & 15) + 2), (uint8_t)counts, (uint8_t)(counts >> 8)};
  transfer(firstAddress + on, bytes, sizeof bytes);
}

bool sent() { return phase == Phase::running && !inTransfer; }

void pump() {
  if (twi::busy()) return;
  if (inTransfer) {
    inTransfer = false;
    if (!twi::answered() && !mayFail) return lose(twi::held() ? Fault::bus : Fault::output);
  }
  if (offWanted) {
    offWanted = false;
    allOff();
  } else if (phase == Phase::setup && !loss.fault) setup();
}

void frame() {
  const bool hangs = inTransfer && twi::busy();
  const bool shorted = !inTransfer && !twi::busy() && twi::held();
  stuckFrames = hangs || shorted ? stuckFrames + 1 : 0;
  if (stuckFrames >= patience) {
    stuckFrames = 0;
    if (hangs) twi::abort();
    lose(twi::held() ? Fault::bus : Fault::output);
  }
  // The oscillators of the boards need 500 µs; by the frame after the next they have had them.
  if (phase == Phase::wait && !inTransfer && !loss.fault && ++step == 2) {
    phase = Phase::running;
    board::enableOutputs(true);
  }
}

outputs::Loss lost() { return loss; }

void off() {
  board::enableOutputs(false);
  phase = Phase::off;
  loss = {Fault::none, 0};
  offWanted = true;
  if (inTransfer && mayFail) return;
  if (inTransfer) twi::abort();
  inTransfer = false;
  if (twi::held() && !twi::begin()) offWanted = false;  // nobody can be told; their outputs are disabled
  pump();
}

bool ask(uint8_t address) {
  if (twi::busy() || !idle()) return false;
  twi::start(address, nullptr, 0);
  return true;
}

outputs::Answer answer() {
  if (twi::busy()) return outputs::Answer::waiting;
  return twi::answered() ? outputs::Answer::yes : outputs::Answer::none;
}

bool idle() { return !inTransfer && !offWanted && phase != Phase::setup; }

bool owns(uint8_t address) {
  if (address == 0 || address == allCall) return true;
  return address >= firstAddress && address < firstAddress + maxBoards && settings::boardUsed(address - firstAddress);
}

}  // namespace pca9685
