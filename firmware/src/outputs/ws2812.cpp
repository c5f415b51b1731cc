// A WS2812 strip: see ws2812.h. Bits as in "NeoPixels Revealed" (josh.com, 2014): high for 0.38 µs is 0, for 0.81 µs is 1, and a
// low of less than 9 µs between bits harms nobody.
#include "ws2812.h"
#include <avr/interrupt.h>
#include "../avr/frame.h"
#include "../avr/line.h"
#include "../core/chip.h"

namespace ws2812 {
namespace {

constexpr uint8_t perLed = 48;     // µs, with the work between LEDs and bytes received meanwhile
constexpr uint16_t aboutIt = 100;  // µs

volatile uint8_t *port;
uint8_t mask, scale;
uint16_t began, ended, took;        // ms
uint8_t sending, transfer, memory;  // interrupts that wait, as they were

/** 10.6 µs with interrupts off. */
void send(uint8_t byte) {
  const uint8_t status = SREG;
  cli();
  const uint8_t low = *port & ~mask, high = *port | mask;
  uint8_t bits = 8;
  asm volatile(
      "1: st Z, %[high]\n"
      "   nop\n nop\n nop\n"
      "   sbrs %[byte], 7\n"
      "   st Z, %[low]\n"  // 6 cycles after the rise: a 0 ends
      "   lsl %[byte]\n"
      "   nop\n nop\n nop\n nop\n"
      "   st Z, %[low]\n"  // 13 cycles after the rise: a 1 ends
      "   nop\n"
      "   dec %[bits]\n"
      "   brne 1b\n"
      : [byte] "+r"(byte), [bits] "+r"(bits)
      : "z"(port), [high] "r"(high), [low] "r"(low)
      : "memory");
  SREG = status;
}

uint8_t scaled(uint8_t value) { return (uint16_t)(value * scale) >> 8; }

}  // namespace

bool ready(uint16_t leds) {
  return frame::quiet() >= leds * perLed + aboutIt && (uint16_t)(chip::now() - ended) >= took;
}

void begin(uint8_t level, bool beside) {
  began = chip::now();
  scale = level * 8 + (level >> 2);  // 0–255
  if (!beside) SPCR = 0;             // the pin is ours, not the SPI's
  port = beside ? &line::LedData::port() : &line::SpiData::port();
  mask = beside ? line::LedData::mask : line::SpiData::mask;
  const uint8_t status = SREG;
  cli();
  sending = UCSR0B & _BV(UDRIE0);
  transfer = TWCR & _BV(TWIE);
  memory = EECR & _BV(EERIE);
  UCSR0B &= ~_BV(UDRIE0);
  TWCR &= ~(_BV(TWIE) | _BV(TWINT));  // a 1 written to TWINT would end the wait of a transfer
  EECR &= ~_BV(EERIE);
  SREG = status;
}

void put(uint8_t red, uint8_t green, uint8_t blue) {
  green = scaled(green);
  red = scaled(red);
  blue = scaled(blue);
  send(green);
  send(red);
  send(blue);
}

void end() {
  const uint8_t status = SREG;
  cli();
  UCSR0B |= sending;
  TWCR = (TWCR & ~_BV(TWINT)) | transfer;
  EECR |= memory;
  SREG = status;
  ended = chip::now();
  took = ended - began;
}

}  // namespace ws2812
