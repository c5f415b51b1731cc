// The serial line: two rings and their interrupts.
#include "uart.h"
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include <util/atomic.h>
#include "vectors.h"

namespace uart {

uint8_t ring[ringSize];
volatile uint8_t head, tail;
volatile uint16_t overruns, frameErrors;

namespace {

constexpr uint8_t sendSize = 128, sendMask = sendSize - 1;
uint8_t queue[sendSize];
volatile uint8_t sendHead, sendTail;

uint16_t atomic(const volatile uint16_t &value) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { return value; }
  return 0;
}

}  // namespace

ISR(LOOM_RECEIVED_vect) { receive(); }

ISR(LOOM_REGISTER_EMPTY_vect) {
  const uint8_t at = sendTail;
  UDR0 = queue[at];
  const uint8_t next = (at + 1) & sendMask;
  sendTail = next;
  if (next == sendHead) {
    UCSR0B &= ~_BV(UDRIE0);
    wake |= Wake::work;
  }
}

void begin(uint8_t rate) {
  // 57,600 (-0.8 %), 115,200 (+2.1 %) and 250,000 baud (exact) at double speed: what the Arduino core sets too.
  const uint8_t divisors[] = {34, 16, 7};
  UCSR0B = 0;
  head = tail = sendHead = sendTail = 0;
  UBRR0 = divisors[rate];
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

bool take(uint8_t &byte) {
  const uint8_t at = tail;
  if (at == head) return false;
  byte = ring[at];
  tail = (at + 1) & ringMask;
  return true;
}

bool next(uint8_t byte) { return tail != head && ring[tail] == byte; }

}  // namespace uart

namespace chip {

uint8_t room() { return (uart::sendTail - uart::sendHead - 1) & uart::sendMask; }

void send(uint8_t byte) {
  const uint8_t at = uart::sendHead;
  const uint8_t next = (at + 1) & uart::sendMask;
  while (next == uart::sendTail) {
    cli();
    if (next == uart::sendTail) {
      sei();
      sleep_cpu();
    }
    sei();
  }
  uart::queue[at] = byte;
  uart::sendHead = next;
  UCSR0B |= _BV(UDRIE0);  // only the send interrupt clears it, and it must be set now
}

uint16_t overruns() { return uart::atomic(uart::overruns); }
uint16_t frameErrors() { return uart::atomic(uart::frameErrors); }

}  // namespace chip
