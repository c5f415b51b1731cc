#!/usr/bin/env bash
# Builds the firmware's core for this computer under AddressSanitizer and UndefinedBehaviorSanitizer, and runs libFuzzer on it.
#   bash test/fuzz/run.sh [seconds]     60 unless said; 0 = each script of the corpus once
#   bash test/fuzz/run.sh runs N        the same N scripts each time
# A script that breaks it is left in test/fuzz/found. Needs clang and libclang-rt-14-dev.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
build=${LOOM_FUZZ_BUILD:-build}
core=../../firmware/src/core
mkdir -p "$build" found
# -fshort-enums as on the chip; int is wider here, which is why shifts out of it are not what this looks for.
flags=(-std=gnu++11 -O1 -g -fshort-enums -fno-exceptions -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
  -I ../../firmware/src)
for source in "$core"/*.cpp fake-chip.cpp; do
  object=$build/$(basename "$source" .cpp).o
  clang++ "${flags[@]}" -include sections.h -c "$source" -o "$object" &
  while [ "$(jobs -r | wc -l)" -ge 2 ]; do wait -n; done
done
wait
clang++ "${flags[@]}" -c fuzz.cpp -o "$build/fuzz.o"
clang++ -fsanitize=fuzzer,address,undefined "$build"/*.o -o "$build/fuzz"
if [ "$seconds" = 0 ]; then exec "$build/fuzz" corpus/*; fi
mkdir -p "$build/corpus"
if [ "$seconds" = runs ]; then limit=(-runs="$2" -seed=1); else limit=(-max_total_time="$seconds"); fi
exec "$build/fuzz" "${limit[@]}" -max_len=600 -timeout=20 -artifact_prefix=found/ -print_final_stats=1 -dict=words.dict \
  "$build/corpus" corpus
