// The tables of wire.gen.h that are too large to be in every file.
#define LOOM_WIRE_TABLES
#include "wire.gen.h"
