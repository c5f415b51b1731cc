// I2C for Firmata's clients, on the bus of the PCA9685 boards.
#include "../core/i2c.h"
#include "../outputs/pca9685.h"
#include "board.h"
#include "twi.h"

namespace i2c {

static_assert(longest <= twi::longest, "a client's transfer fits the driver's buffer");

bool present() { return board::outputs == Output::pca9685; }
bool owned(uint8_t address) { return pca9685::owns(address); }
bool ready() { return !twi::busy() && pca9685::idle(); }

void start(uint8_t address, const uint8_t *bytes, uint8_t write, uint8_t read) {
  twi::keep(true);
  twi::start(address, bytes, write, read);
}

bool busy() { return twi::running(); }
bool answered() { return twi::answered(); }
const uint8_t *received() { return twi::received(); }
void release() { twi::keep(false); }
void abort() { twi::abort(); }

}  // namespace i2c
