# SPDX-License-Identifier: BSL-1.0
# Never run: names of peers for ../benchmark_table.py, which reads results/toy.peers.
print("sum/1000 numpy 0.006")  # toy_absent is not installed
