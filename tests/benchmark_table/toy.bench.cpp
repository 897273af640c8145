// SPDX-License-Identifier: BSL-1.0
// Never compiled: names of benchmarks for ../benchmark_table.py.
BENCHMARK(sum)->Arg(1000);
BENCHMARK_CAPTURE(find, by_hand, false);
