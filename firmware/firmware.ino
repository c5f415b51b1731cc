// The loom's firmware, for the Arduino IDE: Uno, Nano or Mega. Everything is in src/, from src/avr/main.cpp on.
