"""Writes trials.csv: 40 simulated trials each of a steady method and of a wild one whose trial takes a fifth of the
compute: python3 trials.py"""
import random

random.seed(3)
with open("trials.csv", "w") as out:
    out.write("method,accuracy,flop\n")
    for i in range(40):
        out.write("steady,%.4f,1e18\n" % (0.70 + 0.02 * random.random()))
        out.write("wild,%.4f,2e17\n" % (0.5 + 0.3 * random.random() ** 2))
