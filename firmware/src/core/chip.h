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

enum : uint8_t { treadle = 1, back = 2, estop = 4, hands = 8 };
/** Contacts that are closed now, as bits. */
uint8_t contacts();

/** The pins that the pin map gives to the loom; false = free for Firmata. */
bool pinOwned(uint8_t pin);

/** A byte of EEPROM is being written, which takes up to 3.4 ms; the main loop runs when it is done. */
bool memoryBusy();
/** Begins to write a byte of EEPROM; only when not `memoryBusy`. */
void memoryWrite(uint16_t address, uint8_t byte);
/** A byte of EEPROM, 0xFF if never written; waits for the end of a byte that is being written. */
uint8_t memoryRead(uint16_t address);

/** I2C transfers since boot that no board answered, or that hung. */
uint16_t i2cErrors();

/** Tells the watchdog that what takes so long is meant to. */
void alive();
/** Bytes of RAM between the variables and the stack, at this moment. */
uint16_t memoryFree();
/** Bytes of RAM that the stack has never reached since boot. */
uint16_t memoryUntouched();
/** Tests a part of the free RAM with patterns, and leaves it as it was. @param part 0, 1, 2 … @return false after the last */
bool memoryTest(uint8_t part, bool &good);

}  // namespace chip
