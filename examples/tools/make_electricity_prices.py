"""Rows of `electricity_prices` in compute_divide/compute/electricity_price.hpp, from Eurostat's prices for non-household
consumers: dataset nrg_pc_205, nrg_cons=MWH500-1999, tax=X_VAT, currency=EUR, unit=KWH, one row a country, one column a
half-year ("2010 June", "2010 December").
  python3 make_electricity_prices.py TABLE.csv
A year is the mean of its halves, in dollars by the European Central Bank's annual average of euro reference rates."""
import csv, sys

USD_PER_EUR = {2010: 1.3257, 2011: 1.3920, 2012: 1.2848, 2013: 1.3281, 2014: 1.3285, 2015: 1.1095, 2016: 1.1069,
               2017: 1.1297, 2018: 1.1810, 2019: 1.1195, 2020: 1.1422, 2021: 1.1827, 2022: 1.0530, 2023: 1.0813,
               2024: 1.0824}
NAMES = {"Czech Rep.": "Czechia", "EU27": "European Union"}
COUNTRIES = ("Austria Belgium Czechia Denmark Estonia Finland France Germany Greece Hungary Iceland Ireland Italy "
             "Netherlands Norway Poland Portugal Spain Sweden Turkey").split() + ["European Union", "United Kingdom"]

rows = {}
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    name = NAMES.get(row["Geopolitical entity (reporting)"], row["Geopolitical entity (reporting)"])
    prices = []
    for year, rate in USD_PER_EUR.items():
        halves = [float(row[f"{year} {half}"]) for half in ("June", "December") if row.get(f"{year} {half}")]
        prices.append(round(1e4 * rate * sum(halves) / len(halves)) if len(halves) == 2 else 0)
    rows[name] = prices
for name in sorted(COUNTRIES):
    print('    {"%s", {%s}},' % (name, ", ".join(map(str, rows[name]))))
