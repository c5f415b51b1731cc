// Put before every source of the core: its variables go into sections that the harness can find.
#pragma clang section bss = "corebss" data = "coredata"
