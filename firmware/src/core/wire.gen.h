// What host and board say to each other. Generated from protocol/wire.table.ts by `npm run generate`: do not edit.
#pragma once
#include <stdint.h>
#include "flash.h"

constexpr uint8_t protocolVersion = 2;
constexpr uint8_t loomSysex = 0x0C;
constexpr uint8_t stopByte = 0xFF;
constexpr uint16_t helloSeed = 0xFFFF;
constexpr uint8_t noPin = 0xFF;

namespace HostMessage {
enum : uint8_t {
  HELLO = 0x01,
  ARM = 0x02,
  PARK = 0x03,
  ROW = 0x04,
  DROP = 0x05,
  OPEN = 0x06,
  HOLD = 0x07,
  RESUME = 0x08,
  STOP = 0x09,
  CLEAR = 0x0A,
  LED = 0x0B,
  WEFT = 0x0C,
  GET = 0x0D,
  SET = 0x0E,
  SAVE = 0x0F,
  TEST = 0x10,
  STATUS = 0x11,
  LOAD = 0x12,
};
}

/** Bytes of a HostMessage's fields without its trailing list. */
namespace HostMessageLength {
enum : uint8_t {
  HELLO = 3,
  ARM = 6,
  PARK = 0,
  ROW = 2,
  DROP = 0,
  OPEN = 2,
  HOLD = 1,
  RESUME = 0,
  STOP = 0,
  CLEAR = 0,
  LED = 2,
  WEFT = 3,
  GET = 3,
  SET = 5,
  SAVE = 0,
  TEST = 4,
  STATUS = 0,
  LOAD = 1,
};
}

constexpr uint8_t lastHostMessage = HostMessage::LOAD;

constexpr uint8_t lengthOpen = 0x80;  // a list of bytes follows the fixed fields
const uint8_t hostLengths[] PROGMEM = {
    3,  // HELLO
    6,  // ARM
    0,  // PARK
    2 | lengthOpen,  // ROW
    0,  // DROP
    2,  // OPEN
    1,  // HOLD
    0,  // RESUME
    0,  // STOP
    0,  // CLEAR
    2 | lengthOpen,  // LED
    3,  // WEFT
    3,  // GET
    5,  // SET
    0,  // SAVE
    4,  // TEST
    0,  // STATUS
    1,  // LOAD
};

namespace BoardMessage {
enum : uint8_t {
  HELLO = 0x41,
  ACK = 0x42,
  NAK = 0x43,
  EVENT = 0x44,
  STATUS = 0x45,
  VALUES = 0x46,
};
}

/** Bytes of a BoardMessage's fields without its trailing list. */
namespace BoardMessageLength {
enum : uint8_t {
  HELLO = 31,
  ACK = 9,
  NAK = 8,
  EVENT = 9,
  STATUS = 26,
  VALUES = 10,
};
}

constexpr uint8_t lastBoardMessage = BoardMessage::VALUES;

namespace State {
enum : uint8_t {
  boot = 0,  // self check
  idle = 1,  // outputs off
  armed = 2,  // heddles at rest, waiting for the first OPEN
  weaving = 3,  // a press opens the waiting row
  held = 4,  // pulses stay, a press opens nothing
  released = 5,  // pulses off for lowered heddles, place kept; leaving needs ARM
  fault = 6,  // outputs off, waiting row dropped, place kept; CLEAR with the e-stop closed
};
}

namespace Fault {
enum : uint8_t {
  none = 0,  // no fault
  stop = 1,  // the host sent STOP
  stopByte = 2,  // the byte 0xFF arrived
  console = 3,  // somebody typed ! in the console
  estop = 4,  // the e-stop is open
  output = 5,  // a PCA9685 board does not answer
  watchdog = 6,  // the firmware hung and was restarted
  bus = 7,  // SDA or SCL is held low: no board can be reached
};
}

namespace ResetCause {
enum : uint8_t {
  unknown = 0,  // cannot be said
  power = 1,  // power or brown-out: memory was lost
  reset = 2,  // reset line or button: memory was kept
  watchdog = 3,  // the watchdog
};
}

namespace Refusal {
enum : uint8_t {
  crc = 1,  // wrong CRC: damaged, or of another session
  length = 2,  // wrong length
  order = 3,  // sequence number out of order
  state = 4,  // not in this state
  unknown = 5,  // no such message
  range = 6,  // number out of range
  step = 7,  // not the step that comes next
  waiting = 8,  // a row is already waiting
  nothing = 9,  // no row is waiting
  moving = 10,  // heddles are still moving
  hands = 11,  // hands in the shed
  estop = 12,  // the e-stop is open
  protocol = 13,  // protocol version not spoken here
  busy = 14,  // settings are being written
  exceptions = 15,  // all exceptions from the rule of outputs and LEDs are used up
  memory = 16,  // the EEPROM did not keep what was written
};
}

namespace Event {
enum : uint8_t {
  opening = 1,  // a shed begins to open; arg = step
  opened = 2,  // the shed is open and settled; arg = step
  state = 3,  // the state changed; arg low byte = fault reason, or 0; high byte = faultDetail
  press = 4,  // a treadle; arg low byte 1 forward 2 back; high byte = presses
  estop = 5,  // e-stop; arg 1 open, 0 closed
  rest = 6,  // all heddles are at rest after ARM (arg 0) or parked (arg 1)
  hands = 7,  // the hands-in switch; arg 1 = hands in the shed, 0 = out
};
}

namespace Press {
enum : uint8_t {
  opened = 0,  // it opens the waiting row
  state = 1,  // not weaving: the press opens nothing
  nothing = 2,  // no row is waiting
  moving = 3,  // the shed is still moving
  silent = 4,  // the host has been silent for 500 ms
  soon = 5,  // too soon after the last press
  back = 6,  // the back treadle only tells the host
  hands = 7,  // hands in the shed
};
}

namespace Mcu {
enum : uint8_t {
  atmega328p = 1,  // Arduino Uno, Nano
  atmega2560 = 2,  // Arduino Mega
};
}

namespace Output {
enum : uint8_t {
  pca9685 = 0,  // servos on PCA9685 boards, 16 each, addresses 0x40 and up
  pins = 1,  // up to 12 servos on pins of the microcontroller
  shift = 2,  // solenoids or magnets on 74HC595 chains, 8 each: 1 = lifted
};
}

namespace Feature {
enum : uint8_t {
  treadle = 0,  // a treadle input
  back = 1,  // a back treadle input
  estop = 2,  // an e-stop input
  leds = 3,  // an LED strip
  settings = 4,  // settings can be changed and saved
  hands = 5,  // a hands-in switch
};
}

namespace Flag {
enum : uint8_t {
  settled = 0,  // nothing moves
  treadle = 1,  // the treadle is down
  estop = 2,  // the e-stop is open
  hands = 3,  // hands in the shed
  unsaved = 4,  // settings were changed and not saved
  handsSwitch = 5,  // the hands-in switch says that hands are in the shed
  busy = 6,  // settings are being written
};
}

namespace Time {
enum : uint16_t {
  pressAlive = 500,  // a press opens only within this long after a valid host frame
  hold = 2000,  // host silent this long while weaving: held
  release = 30000,  // host silent this long while held: released
  debounceDown = 3,  // contact closed this long: a press
  debounceUp = 30,  // contact open this long: ready for the next press
  staleMessage = 100,  // an open message this long without a byte is dropped
  quiet = 50,  // after a framing error text is discarded until a line end or this much silence
  frame = 20,  // servo frame
};
}

namespace Setting {
enum : uint8_t {
  outputs = 1,  // 0 = PCA9685 boards, 1 = servos on pins, 2 = 74HC595
  heddles = 2,  // heddles; 12 at most on pins
  leds = 3,  // LEDs on the strip
  servoDown = 4,  // pulse of a lowered heddle that has none of its own
  servoUp = 5,  // pulse of a lifted heddle that has none of its own
  moveK = 6,  // heddles that may start in one 20 ms frame
  moveSettle = 7,  // time a servo needs after its last new pulse
  servoRest = 8,  // release the pulses of lowered heddles this long after settling; 0 = never
  pressMin = 9,  // presses closer together than this are ignored
  estopFitted = 10,  // 1 = a normally closed e-stop contact is wired
  baud = 11,  // 0 = 57,600; 1 = 115,200; 2 = 250,000; from the next reset on
  ledLevel = 12,  // brightness of the strip
  consoleRelease = 13,  // heddles armed from the console are released after this
  outputFirst = 14,  // output of heddle 1, counted from 0 through all boards; the next heddles follow
  ledFirst = 15,  // LED of heddle 1, counted from 0; the next heddles follow
  ledType = 16,  // 0 = APA102, 1 = WS2812
  moveSlew = 17,  // a pulse changes by at most this in a 20 ms frame; 0 = at once
  handsFitted = 18,  // 1 = a hands-in switch is wired, closed while hands are in the shed
  heddleUp = 64,  // each heddle: pulse when lifted
  heddleDown = 65,  // each heddle: pulse when lowered
  heddleOutput = 66,  // each heddle: output, by the rule of output.first at first
  heddleLed = 67,  // each heddle: LED, by the rule of led.first at first
  boardClock = 68,  // each board: frequency of the oscillator of a PCA9685 board: trims the length of its pulses
};
}

#if defined(LOOM_MEGA) || defined(__AVR_ATmega2560__)
constexpr bool onUno = false;
#else
constexpr bool onUno = true;
#endif
constexpr uint8_t settingCount = 18;
constexpr uint8_t firstIndexedSetting = 64;
constexpr uint8_t indexedSettingCount = 5;
struct SettingSpec {
  uint16_t min, max;
  uint16_t initial;  // of a heddle's setting the one that may lie outside of the range
  uint8_t step;
};
/** By id - 1, and behind them those of each heddle and board by id - firstIndexedSetting. */
extern const SettingSpec settingSpecs[settingCount + indexedSettingCount];
/** One behind the other, each with its end, by id - 1. */
extern const char settingNames[];
constexpr uint8_t exceptionCount = 16;

#ifdef LOOM_WIRE_TABLES  // only wire_tables.cpp has them, because each copy takes room
const SettingSpec settingSpecs[settingCount + indexedSettingCount] PROGMEM = {
    {0, 2, 0, 1},  // outputs
    {1, onUno ? 128 : 440, 40, 1},  // heddles
    {0, onUno ? 128 : 440, 40, 1},  // leds
    {500, 2540, 1300, 4},  // servo.down
    {500, 2540, 1700, 4},  // servo.up
    {1, 16, 8, 1},  // move.k
    {0, 2000, 160, 1},  // move.settle
    {0, 60000, 0, 1},  // servo.rest
    {0, 5000, 300, 1},  // press.min
    {0, 1, 1, 1},  // estop.fitted
    {0, 2, 0, 1},  // baud
    {0, 31, 6, 1},  // led.level
    {1, 120, 10, 1},  // console.release
    {0, onUno ? 127 : 447, 0, 1},  // output.first
    {0, onUno ? 127 : 439, 0, 1},  // led.first
    {0, 1, 0, 1},  // led.type
    {0, 2000, 0, 1},  // move.slew
    {0, 1, 0, 1},  // hands.fitted
    {500, 2540, 0, 4},  // up
    {500, 2540, 0, 4},  // down
    {0, onUno ? 127 : 447, 65535, 1},  // output
    {0, onUno ? 127 : 439, 65535, 1},  // led
    {22500, 27580, 25000, 20},  // clock
};
const char settingNames[] PROGMEM =
    "outputs\0"
    "heddles\0"
    "leds\0"
    "servo.down\0"
    "servo.up\0"
    "move.k\0"
    "move.settle\0"
    "servo.rest\0"
    "press.min\0"
    "estop.fitted\0"
    "baud\0"
    "led.level\0"
    "console.release\0"
    "output.first\0"
    "led.first\0"
    "led.type\0"
    "move.slew\0"
    "hands.fitted\0";
#endif

/** Uno, Nano: twelve servos on pins, no I2C (outputs = 1) */
namespace uno12 {
constexpr uint8_t treadle = 17;
constexpr uint8_t back = 18;
constexpr uint8_t estop = 19;
constexpr uint8_t hands = 12;
constexpr uint8_t oe = noPin;
constexpr uint8_t sda = noPin;
constexpr uint8_t scl = noPin;
constexpr uint8_t shiftData = noPin;
constexpr uint8_t shiftClock = noPin;
constexpr uint8_t shiftLatch = noPin;
constexpr uint8_t ledData = 11;
constexpr uint8_t ledClock = 13;
constexpr uint8_t servoCount = 12;
const uint8_t servos[servoCount] PROGMEM = {2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16};
}

/** Uno, Nano: PCA9685 boards (outputs = 0) */
namespace exhibition40 {
constexpr uint8_t treadle = 2;
constexpr uint8_t back = 4;
constexpr uint8_t estop = 3;
constexpr uint8_t hands = 6;
constexpr uint8_t oe = 5;
constexpr uint8_t sda = 18;
constexpr uint8_t scl = 19;
constexpr uint8_t shiftData = noPin;
constexpr uint8_t shiftClock = noPin;
constexpr uint8_t shiftLatch = noPin;
constexpr uint8_t ledData = 11;
constexpr uint8_t ledClock = 13;
}

/** Uno, Nano: 74HC595 chains (outputs = 2) */
namespace uno595 {
constexpr uint8_t treadle = 2;
constexpr uint8_t back = 4;
constexpr uint8_t estop = 3;
constexpr uint8_t hands = 6;
constexpr uint8_t oe = 5;
constexpr uint8_t sda = noPin;
constexpr uint8_t scl = noPin;
constexpr uint8_t shiftData = 11;
constexpr uint8_t shiftClock = 13;
constexpr uint8_t shiftLatch = 10;
constexpr uint8_t ledData = 7;
constexpr uint8_t ledClock = 8;
}

/** Mega: twelve servos on the hardware compare outputs, no I2C (outputs = 1) */
namespace mega12 {
constexpr uint8_t treadle = 57;
constexpr uint8_t back = 58;
constexpr uint8_t estop = 59;
constexpr uint8_t hands = 60;
constexpr uint8_t oe = noPin;
constexpr uint8_t sda = noPin;
constexpr uint8_t scl = noPin;
constexpr uint8_t shiftData = noPin;
constexpr uint8_t shiftClock = noPin;
constexpr uint8_t shiftLatch = noPin;
constexpr uint8_t ledData = 51;
constexpr uint8_t ledClock = 52;
constexpr uint8_t servoCount = 12;
const uint8_t servos[servoCount] PROGMEM = {2, 3, 5, 6, 7, 8, 11, 12, 13, 44, 45, 46};
}

/** Mega: PCA9685 boards (outputs = 0) */
namespace mega440 {
constexpr uint8_t treadle = 2;
constexpr uint8_t back = 4;
constexpr uint8_t estop = 3;
constexpr uint8_t hands = 6;
constexpr uint8_t oe = 5;
constexpr uint8_t sda = 20;
constexpr uint8_t scl = 21;
constexpr uint8_t shiftData = noPin;
constexpr uint8_t shiftClock = noPin;
constexpr uint8_t shiftLatch = noPin;
constexpr uint8_t ledData = 51;
constexpr uint8_t ledClock = 52;
}

/** Mega: 74HC595 chains (outputs = 2) */
namespace mega595 {
constexpr uint8_t treadle = 2;
constexpr uint8_t back = 4;
constexpr uint8_t estop = 3;
constexpr uint8_t hands = 6;
constexpr uint8_t oe = 5;
constexpr uint8_t sda = noPin;
constexpr uint8_t scl = noPin;
constexpr uint8_t shiftData = 51;
constexpr uint8_t shiftClock = 52;
constexpr uint8_t shiftLatch = 10;
constexpr uint8_t ledData = 7;
constexpr uint8_t ledClock = 8;
}
