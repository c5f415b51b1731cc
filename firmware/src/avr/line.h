// The pins that are written too often, or from interrupts, for their numbers to be looked up; a test holds them against the
// pin maps.
#pragma once
#include <avr/io.h>

/** A pin known to the compiler: one instruction where the port allows it. */
template <uint16_t address, uint8_t bit>
struct Line {
  static constexpr uint8_t mask = 1 << bit;
  static volatile uint8_t &port() { return *(volatile uint8_t *)address; }
  static volatile uint8_t &direction() { return *(volatile uint8_t *)(address - 1); }
  static volatile uint8_t &input() { return *(volatile uint8_t *)(address - 2); }

  static inline __attribute__((always_inline)) void high() { port() |= mask; }
  static inline __attribute__((always_inline)) void low() { port() &= ~mask; }
  static inline __attribute__((always_inline)) void toggle() { input() = mask; }
  static void drive() { direction() |= mask; }
  static void let() { direction() &= ~mask; }
  static bool read() { return input() & mask; }
};

#define LOOM_LINE(port, bit) Line<_SFR_MEM_ADDR(port), bit>

namespace line {
#ifdef __AVR_ATmega2560__
typedef LOOM_LINE(PORTE, 3) OutputEnable;  // 5
typedef LOOM_LINE(PORTD, 1) Sda;           // 20
typedef LOOM_LINE(PORTD, 0) Scl;           // 21
typedef LOOM_LINE(PORTB, 0) Select;        // 53: the SPI stays master only while it is an output
typedef LOOM_LINE(PORTB, 2) SpiData;       // 51
typedef LOOM_LINE(PORTB, 1) SpiClock;      // 52
typedef LOOM_LINE(PORTB, 4) Latch;         // 10
typedef LOOM_LINE(PORTH, 4) LedData;       // 7, where the SPI is the 74HC595s'
typedef LOOM_LINE(PORTH, 5) LedClock;      // 8
#else
typedef LOOM_LINE(PORTD, 5) OutputEnable;  // 5
typedef LOOM_LINE(PORTC, 4) Sda;           // A4
typedef LOOM_LINE(PORTC, 5) Scl;           // A5
typedef LOOM_LINE(PORTB, 2) Select;        // 10: the SPI stays master only while it is an output
typedef LOOM_LINE(PORTB, 3) SpiData;       // 11
typedef LOOM_LINE(PORTB, 5) SpiClock;      // 13
typedef LOOM_LINE(PORTB, 2) Latch;         // 10
typedef LOOM_LINE(PORTD, 7) LedData;       // 7, where the SPI is the 74HC595s'
typedef LOOM_LINE(PORTB, 0) LedClock;      // 8
#endif
}  // namespace line

#ifdef __AVR_ATmega2560__
constexpr uint8_t selectPin = 53;
#else
constexpr uint8_t selectPin = 10;
#endif

#undef LOOM_LINE
