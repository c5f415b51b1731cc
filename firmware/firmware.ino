// The loom's firmware. Everything is in src/: the start and the main loop are in src/avr/main.cpp.
