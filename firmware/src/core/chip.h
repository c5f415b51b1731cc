// What the core asks of the microcontroller: time, the serial line, contacts, pins, memory. The core never names a chip.
#pragma once
#include <stdint.h>

namespace chip {

constexpr uint8_t receiveWindow = 128;  // bytes
constexpr uint8_t lostByte = 0xFE;      // stands in the received bytes where the line lost or damaged one

/** ms since boot, modulo 65536. */
uint16_t now();
/** 20 ms frames since boot, modulo 65536. */
uint16_t frames();
/** Runs the main loop again in about 1 ms even if nothing happens. */
void wakeSoon();
/** Bits that nobody can foretell: timers and left-over memory. */
uint16_t noise();

/** Queues a byte for the host; sleeps while the queue is full. */
void send(uint8_t byte);
/** Bytes that `send` takes without waiting. */
uint8_t room();
uint16_t overruns();
uint16_t frameErrors();

/** While live the receive interrupt takes 0xFF as a stop: it cuts the outputs and latches. */
void setLive(bool live);
/** A stop byte came since the last call. */
bool stopLatched();

enum : uint8_t { treadle = 1, back = 2, estop = 4 };
/** Contacts that are closed now, as bits. */
uint8_t contacts();

/** The pins that the pin map gives to the loom; false = free for Firmata. */
/** The outputs setting changed: gives the pins out anew. */
void configure();
bool pinOwned(uint8_t pin);

bool memoryBusy();
/** Writes to EEPROM in the background. `bytes` must stay as it is until `memoryBusy` is false. */
void memoryWrite(uint16_t address, const uint8_t *bytes, uint8_t length);
/** @return 0xFF for a byte never written; must not be called while `memoryBusy` */
uint8_t memoryRead(uint16_t address);

}  // namespace chip
