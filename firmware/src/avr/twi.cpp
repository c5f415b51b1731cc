// I2C driven by its interrupt: see twi.h and the ATmega328P datasheet, tables 22-2 and 22-3.
#include "twi.h"
#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>
#include <util/delay.h>
#include <util/twi.h>
#include "../core/chip.h"
#include "line.h"
#include "wake.h"

namespace twi {
namespace {

uint8_t buffer[longest];
volatile uint8_t at, writing, reading, target;
volatile bool working, complete;
bool kept;
volatile uint16_t failures;  // modulo 65536

constexpr uint8_t go = _BV(TWINT) | _BV(TWEN) | _BV(TWIE);

inline void finish(bool well) {
  TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
  complete = well;
  if (!well && (writing || reading)) failures++;  // an address alone is a question
  working = false;
  wake |= Wake::work;
}

}  // namespace

ISR(TWI_vect) {
  switch (TW_STATUS) {
    case TW_START:
      TWDR = target << 1 | (writing || !reading ? TW_WRITE : TW_READ);
      TWCR = go;
      break;
    case TW_REP_START:
      TWDR = target << 1 | TW_READ;
      TWCR = go;
      break;
    case TW_MT_SLA_ACK:
    case TW_MT_DATA_ACK:
      if (at < writing) {
        TWDR = buffer[at++];
        TWCR = go;
      } else if (reading) {
        TWCR = go | _BV(TWSTA);
      } else finish(true);
      break;
    case TW_MR_SLA_ACK:
      at = 0;
      TWCR = reading > 1 ? go | _BV(TWEA) : go;
      break;
    case TW_MR_DATA_ACK:
      buffer[at++] = TWDR;
      TWCR = at + 1 < reading ? go | _BV(TWEA) : go;
      break;
    case TW_MR_DATA_NACK:
      buffer[at++] = TWDR;
      finish(true);
      break;
    default: finish(false);
  }
}

bool held() { return !line::Sda::read() || !line::Scl::read(); }

bool begin() {
  TWCR = 0;
  line::Sda::low();  // a driven line is low; its pull-up is on the bus
  line::Scl::low();
  line::Sda::let();
  // A board that was interrupted while it answered holds SDA low until it has had its clocks.
  for (uint8_t i = 0; i < 9; i++) {
    line::Scl::drive();
    _delay_us(5);
    line::Scl::let();
    _delay_us(5);
  }
  TWSR = 0;
  TWBR = 12;  // 400 kHz
  TWCR = _BV(TWEN);
  working = complete = kept = false;
  return !held();
}

void end() {
  TWCR = 0;
  working = false;
}

void start(uint8_t address, const uint8_t *bytes, uint8_t write, uint8_t read) {
  for (uint8_t i = 0; i < write; i++) buffer[i] = bytes[i];
  target = address;
  writing = write;
  reading = read;
  at = 0;
  complete = false;
  working = true;
  for (uint8_t i = 0; TWCR & _BV(TWSTO) && i < 100; i++) {
  }
  TWCR = go | _BV(TWSTA);
}

bool running() { return working; }
bool busy() { return working || kept; }
void keep(bool on) { kept = on; }
bool answered() { return complete; }
uint8_t *received() { return buffer; }

void abort() {
  failures++;
  TWCR = 0;
  working = false;
  TWCR = _BV(TWEN);
}

}  // namespace twi

namespace chip {
uint16_t i2cErrors() {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { return twi::failures; }
  return 0;
}
}  // namespace chip
