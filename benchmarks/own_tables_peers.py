#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What a script does in place of `classify_affiliations --csv FILE --output OUT`: pandas reads the table, two regular
expressions look into a column, and the table is written with two more. `own_tables_peers.py FILE COLUMN OUT` prints
seconds on the clock, and of cores."""
import sys
import time

import pandas
from institutions_peers import ACADEMIC_REGEX, INDUSTRY_REGEX

path, column, out = sys.argv[1:]
clock, cores = time.perf_counter(), time.process_time()
table = pandas.read_csv(path)
for sector, regex in (("academia", ACADEMIC_REGEX), ("industry", INDUSTRY_REGEX)):
    table[sector] = table[column].str.contains(regex)
table.to_csv(out, index=False)
print(f"pandas {pandas.__version__}, two regular expressions: {time.perf_counter() - clock:.2f} s on the clock, "
      f"{time.process_time() - cores:.2f} s of cores")
