# SPDX-License-Identifier: BSL-1.0
"""The samples of tests/support/trend_points.hpp."""


def trend_points(kind, n):
    points = []
    for i in range(n):
        if kind == "scattered":
            x = i * 7919 % 10007 / 16
            points.append((x, x / 4 + (i * i * 31 + 17 * i) % 1013 / 8))
        elif kind == "ties":
            x = i * 37 % 12
            points.append((float(x), float((i * i * 7 + 3 * i) % 5 + x // 3)))
        else:
            x = 2010 + i / 8
            points.append((x, 100.0 if i % 19 == 4 else x / 2 + (i // 6 % 4 * 3 + i * i * 5 % 11 / 4)))
    return sorted(points)
