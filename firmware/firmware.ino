// The loom's firmware, for the Arduino IDE: Uno, Nano or Mega. Everything is in src/; setup() and loop() are in src/avr/main.cpp.
