// A board with a bootloader on a pseudo terminal, in real time: what avrdude meets behind a serial port.
//
//   bootloader MCU BOOTLOADER_HEX [FIRMWARE_HEX]
//
// Prints `port PATH`, then `open`, `close`, `rate BAUD` and `lost` as they happen; ends with its input.
//
// A pseudo terminal has no DTR line, which is what resets an Arduino. Opening a real port raises DTR too: so the chip is
// reset whenever the terminal is opened. A line at another rate than the chip's garbles, both ways.
//
// Optiboot starts the sketch by a call. Where there is none the empty flash leads back into Optiboot, so the stack grows with
// each round till it has left the memory, and simavr ends there. A real chip does something or other until it is reset; this
// one is `lost` so long, and silent.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include "chip.h"

static const uint32_t cycles_per_us = 16;
static const int slice_us = 2000;

static chip_t chip;
static int master;
static bool is_open, is_lost;

static uint8_t on_the_wire(uint8_t byte) { return chip_hears(&chip) ? byte : byte * 167 + 13; }

static void hear(uint8_t byte) {
  const uint8_t read = on_the_wire(byte);
  // What nobody reads is lost, as on a wire.
  if (is_open && write(master, &read, 1) < 0 && errno != EAGAIN) perror("bootloader");
}

static void tell(const char *what) {
  printf("%s\n", what);
  fflush(stdout);
}

static void make_terminal(void) {
  master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || grantpt(master) || unlockpt(master)) {
    perror("bootloader: no pseudo terminal");
    exit(1);
  }
  // Opened and closed once, so that the master hangs up until somebody opens it.
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios raw;
  tcgetattr(slave, &raw);
  cfmakeraw(&raw);
  tcsetattr(slave, TCSANOW, &raw);
  close(slave);
  printf("port %s\n", ptsname(master));
  fflush(stdout);
}

static uint32_t baud_of(speed_t speed) {
  switch (speed) {
    case B9600: return 9600;
    case B19200: return 19200;
    case B57600: return 57600;
    case B115200: return 115200;
    default: return 0;
  }
}

static void follow_rate(void) {
  struct termios now;
  if (tcgetattr(master, &now)) return;
  uint32_t baud = baud_of(cfgetospeed(&now));
  if (!baud) baud = 250000;  // a rate that has no name
  if (baud == chip.baud) return;
  chip.baud = baud;
  printf("rate %u\n", baud);
  fflush(stdout);
}

static void reset(uint32_t start) {
  is_lost = false;
  chip_reset(&chip, start);
}

// What came from the terminal and from whoever started us; false at the end of the input.
static bool look(uint32_t start) {
  struct pollfd ends[] = {{.fd = master, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  poll(ends, 2, 0);
  const bool now_open = !(ends[0].revents & POLLHUP);
  if (now_open != is_open) {
    is_open = now_open;
    tell(is_open ? "open" : "close");
    if (is_open) reset(start);
    else tcflush(master, TCIOFLUSH);
  }
  if (is_open) follow_rate();
  uint8_t bytes[256];
  const ssize_t length = ends[0].revents & POLLIN ? read(master, bytes, sizeof bytes) : 0;
  for (ssize_t i = 0; i < length; i++) bytes[i] = on_the_wire(bytes[i]);
  if (length > 0) chip_send(&chip, bytes, length);
  return !(ends[1].revents & (POLLIN | POLLHUP)) || read(0, bytes, sizeof bytes) > 0;
}

static int64_t wall_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000ll + now.tv_nsec / 1000;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: bootloader MCU BOOTLOADER_HEX [FIRMWARE_HEX]\n");
    return 2;
  }
  chip_make(&chip, argv[1]);
  const uint32_t start = chip_load(&chip, argv[2]);
  if (argc > 3) chip_load(&chip, argv[3]);
  chip.on_byte = hear;
  make_terminal();
  chip_power_cut(&chip, start, 1);
  int64_t due = wall_us();
  while (look(start)) {
    due += slice_us;
    if (!is_lost && !chip_run_to(&chip, chip_now(&chip) + slice_us * cycles_per_us)) {
      is_lost = true;
      tell("lost");
    }
    const int64_t early = due - wall_us();
    if (early > 0) usleep(early);
    else due = wall_us();  // a busy machine makes the board slow, not hasty afterwards
  }
  return 0;
}
