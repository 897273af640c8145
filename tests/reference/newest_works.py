#!/usr/bin/env python3
"""Makes a snapshot of OpenAlex, of 2026's layout, from a sample, with partitions of earlier releases kept, and, apart from
it, the works as they are in their newest versions. Prints how many older versions there are on standard error.
  newest_works.py SAMPLE.jsonl.gz ROOT NEWEST.jsonl"""
import gzip
import json
import os
import random
import sys

sample, root, newest_path = sys.argv[1:]
random.seed(20261129)
works = [json.loads(line) for line in gzip.open(sample, "rt")]
dates = ["2026-06-24", "2026-06-23", "2026-01-05", "2025-11-30", "2024-02-29"]
versions = []  # (date, work), of each work one or more, each of another year of publication
for work in works:
    for date in random.sample(dates, random.choice([1, 1, 1, 2, 3])):
        versions.append((date, dict(work, publication_year=random.randint(1990, 2025))))
random.shuffle(versions)
newest = {}
for date, work in versions:
    if work["id"] not in newest or date > newest[work["id"]][0]:
        newest[work["id"]] = (date, work)
with open(newest_path, "w") as out:
    for _, work in newest.values():
        out.write(json.dumps(work) + "\n")

folder = os.path.join(root, "data", "jsonl", "works")
files = []
for date in dates:
    of_date = [work for other, work in versions if other == date]
    for i in range(3):
        path = os.path.join(folder, f"updated_date={date}", f"part_{i:04d}.gz")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        part = of_date[i::3]
        with gzip.open(path, "wt") as out:
            out.writelines(json.dumps(work) + "\n" for work in part)
        if date == dates[-1] and i == 2:
            continue  # of an earlier release: the manifest has it not
        files.append({"url": "s3://openalex/" + os.path.relpath(path, root),
                      "meta": {"content_length": os.path.getsize(path), "record_count": len(part)}})
total = {key: sum(file["meta"][key] for file in files) for key in ("content_length", "record_count")}
manifest = {"date": "2026-06-25", "format": "jsonl", "entity": "works", **total, "files": files}
json.dump(manifest, open(os.path.join(folder, "manifest.json"), "w"))
parquet = os.path.join(root, "data", "parquet", "works", "updated_date=2026-06-24")
os.makedirs(parquet)
open(os.path.join(parquet, "part_0000.parquet"), "wb").write(b"PAR1")
print(len(versions) - len(newest), file=sys.stderr)
